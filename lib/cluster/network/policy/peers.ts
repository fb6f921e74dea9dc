import {
  matchesLabels,
  type Namespace,
  type NetworkPolicy,
  type Pod,
  type Stored,
  selectorFromLabelSelector,
  type View,
} from '../../../api';
import { inRange } from '../addresses';

type Spec = NonNullable<NetworkPolicy['spec']>;
type PolicyPeer = NonNullable<NonNullable<Spec['ingress']>[number]['from']>[number];
type Selector = NonNullable<PolicyPeer['podSelector']>;

/** The other end of a connection; `pod` is missing for nodes, Pods in their node's network, and the world outside. */
export interface OtherEnd {
  readonly ip: string;
  readonly pod: Stored<Pod> | undefined;
}

/** How a part of a rule takes something: wholly, or why not. A higher `nearness` came closer to it. */
export type Fit =
  | { readonly fits: true; readonly field: string }
  | { readonly fits: false; readonly field: string; readonly why: string; readonly nearness: number };

/** How near a peer was that does not match: by nothing, by one of two selectors, or but for an exception. */
const FAR = 0;
const HALF = 1;
const BUT_FOR_EXCEPTION = 2;

/** "default/client (10.244.1.9)", "192.168.50.100". */
export function nameOf({ ip, pod }: OtherEnd): string {
  return pod === undefined ? ip : `${pod.metadata.namespace ?? ''}/${pod.metadata.name} (${ip})`;
}

/** Whether the other end is among a rule's peers; no peers at all means everybody. */
export function fitPeers(
  view: View,
  policyNamespace: string,
  peers: readonly PolicyPeer[] | undefined,
  field: string,
  other: OtherEnd,
): Fit {
  if (peers === undefined || peers.length === 0) return { fits: true, field };
  let nearest: Fit | undefined;
  for (const [index, peer] of peers.entries()) {
    const fit = fitPeer(view, policyNamespace, peer, `${field}[${index}]`, other);
    if (fit.fits) return fit;
    if (nearest === undefined || (!nearest.fits && fit.nearness > nearest.nearness)) nearest = fit;
  }
  return nearest ?? { fits: true, field };
}

function fitPeer(view: View, policyNamespace: string, peer: PolicyPeer, field: string, other: OtherEnd): Fit {
  if (peer.ipBlock !== undefined) return fitBlock(peer.ipBlock, `${field}.ipBlock`, other);
  const { pod } = other;
  if (pod === undefined)
    return miss(field, `selectors choose Pods, and ${other.ip} is no Pod's address`, FAR);
  const namespace = pod.metadata.namespace ?? '';
  const { namespaceSelector, podSelector } = peer;
  const inNamespace =
    namespaceSelector === undefined
      ? namespace === policyNamespace
      : selects(namespaceSelector, view.get<Namespace>('namespaces', '', namespace)?.metadata.labels);
  const isPod = podSelector === undefined || selects(podSelector, pod.metadata.labels);
  if (inNamespace && isPod) return { fits: true, field };
  if (!inNamespace) {
    const nearness = isPod && podSelector !== undefined ? HALF : FAR;
    return namespaceSelector === undefined
      ? miss(
          `${field}.podSelector`,
          `without a namespaceSelector only Pods of ${policyNamespace} are meant, and ${nameOf(other)} is in ${namespace}`,
          nearness,
        )
      : miss(`${field}.namespaceSelector`, `the labels of namespace ${namespace} do not match`, nearness);
  }
  return miss(
    `${field}.podSelector`,
    `the labels of Pod ${nameOf(other)} do not match`,
    namespaceSelector === undefined ? FAR : HALF,
  );
}

function fitBlock(block: NonNullable<PolicyPeer['ipBlock']>, field: string, { ip }: OtherEnd): Fit {
  if (!inRange(ip, block.cidr)) return miss(`${field}.cidr`, `${ip} is not in ${block.cidr}`, FAR);
  const index = (block.except ?? []).findIndex((range) => inRange(ip, range));
  return index === -1
    ? { fits: true, field: `${field}.cidr` }
    : miss(
        `${field}.except[${index}]`,
        `${ip} is in the exception ${block.except?.[index]}`,
        BUT_FOR_EXCEPTION,
      );
}

function miss(field: string, why: string, nearness: number): Fit {
  return { fits: false, field, why, nearness };
}

/** Whether a label selector takes an object with these labels; the empty one takes all. */
export function selects(selector: Selector, labels: Readonly<Record<string, string>> | undefined): boolean {
  return matchesLabels(selectorFromLabelSelector(selector), labels);
}
