import type { Pod, Stored } from '../../../api';
import type { Workspace } from '../../../workspace';
import { alikeContainers, applyObjects } from './own-pods';
import type { Target } from './targets';

const SETTLE = 'sleep 20\n';

/** Other Pods that answer just as well, and the Service's selector turned to them. */
export function aimedAtDecoy({ name, namespace, pods }: Target): string | undefined {
  const [pod] = pods;
  if (pod === undefined) return undefined;
  const labels = { decoy: name };
  const decoy = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `${name}-decoy`, namespace },
    spec: {
      replicas: pods.length,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: alikeContainers(pod) } },
    },
  };
  const selector = JSON.stringify([{ op: 'replace', path: '/spec/selector', value: labels }]);
  return `${applyObjects(decoy)}kubectl patch service ${name} -n ${namespace} --type=json -p '${selector}'\n${SETTLE}`;
}

/** The Pods that should answer sent away, and one of one's own with their labels in their place. */
export function answeredByOneself(
  { name, namespace, pods }: Target,
  _start: Workspace,
  solved: Workspace,
): string | undefined {
  const [pod] = pods;
  if (pod === undefined) return undefined;
  const { 'pod-template-hash': _hash, ...labels } = pod.metadata.labels ?? {};
  const own = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${name}-my-own`, namespace, labels },
    spec: { containers: alikeContainers(pod) },
  };
  const away = [...new Set(pods.map((each) => sendAway(each, solved)))];
  return `${away.join('\n')}\n${applyObjects(own)}${SETTLE}`;
}

/** The Pods in their nodes' network, where everybody can call them, and no Service any more. */
export function hostNetworkInstead(
  { name, namespace, pods }: Target,
  _start: Workspace,
  solved: Workspace,
): string | undefined {
  const owner = pods[0] && ownerOf(pods[0], solved);
  if (owner === undefined) return undefined;
  const patch = JSON.stringify({ spec: { template: { spec: { hostNetwork: true } } } });
  return `kubectl delete service ${name} -n ${namespace}\nkubectl patch ${owner} -n ${namespace} -p '${patch}'\n${SETTLE}`;
}

function sendAway(pod: Stored<Pod>, solved: Workspace): string {
  const { name, namespace } = pod.metadata;
  const owner = ownerOf(pod, solved);
  if (owner === undefined || owner.startsWith('daemonset'))
    return `kubectl delete pod ${name} -n ${namespace} --now`;
  return `kubectl scale ${owner} -n ${namespace} --replicas=0`;
}

/** "deployment/web": what keeps a Pod. */
export function ownerOf(pod: Stored<Pod>, { view }: Workspace): string | undefined {
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller);
  if (owner?.kind !== 'ReplicaSet') return owner && `${owner.kind.toLowerCase()}/${owner.name}`;
  const set = view.get('replicasets.apps', pod.metadata.namespace ?? '', owner.name);
  const above = set?.metadata.ownerReferences?.find(({ controller }) => controller);
  return above ? `deployment/${above.name}` : `replicaset/${owner.name}`;
}
