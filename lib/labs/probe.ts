import { type Node, type Pod, StatusError, type Vantage } from '../api';
import { GRADERS_LABEL, isReady } from './checks/members';
import type { Evidence } from './seams';

/** Pods that the grader sends from; they exist only on copies of the learner's cluster. */
const PROBE = 'portside-probe';
/** Longest wait for the probe to run, in virtual ms: pulling its image takes a few seconds. */
const PROBE_START_LIMIT_MS = 60_000;
const PROBE_STEP_MS = 1_000;
/** After the probe runs: for policies and slices to know of it. */
const PROBE_SETTLE_MS = 1_000;

/** A copy with somebody to send from. */
type Probed = { readonly evidence: Evidence; readonly from: Vantage };
type NoProbe = { readonly failure: string };

interface Known {
  readonly at: string;
  readonly probed: Promise<Probed | NoProbe>;
}

/** Probes already made from an evidence that has not changed since: most checks of a lab ask from the same Pod. */
const known = new WeakMap<Evidence, Map<string, Known>>();

/** A copy of the cluster with a Pod of the grader's own to send from, or why there is none. */
export async function withProbe(
  evidence: Evidence,
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<Probed | NoProbe> {
  const key = JSON.stringify([namespace, labels]);
  const at = `${evidence.view.revision} ${evidence.now}`;
  const memory = known.get(evidence) ?? new Map<string, Known>();
  known.set(evidence, memory);
  const remembered = memory.get(key);
  const probed = remembered?.at === at ? remembered.probed : makeProbe(evidence.fork(), namespace, labels);
  memory.set(key, { at, probed });
  const made = await probed;
  return 'failure' in made ? made : { ...made, evidence: made.evidence.fork() };
}

/** Puts a probe into `copy` itself, unless there is a running one with these labels. */
export async function makeProbe(
  copy: Evidence,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Promise<Probed | NoProbe> {
  const probes = copy.view
    .list<Pod>('pods', namespace)
    .filter((pod) => pod.metadata.labels?.[GRADERS_LABEL] !== undefined);
  const running = probes.find((pod) => isUsable(copy, pod) && carriesOnly(pod, labels));
  if (running) return { evidence: copy, from: vantage(namespace, running.metadata.name) };
  const name = probes.length === 0 ? PROBE : `${PROBE}-${probes.length + 1}`;
  try {
    await copy.client.create(
      { group: '', version: 'v1', resource: 'pods' },
      namespace,
      probePod(namespace, name, labels),
    );
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { failure: `a test Pod could not be made in namespace ${namespace}: ${error.message}` };
  }
  for (let waited = 0; waited <= PROBE_START_LIMIT_MS; waited += PROBE_STEP_MS) {
    const pod = copy.view.get<Pod>('pods', namespace, name);
    if (pod && isReady(pod)) {
      await copy.advance(PROBE_SETTLE_MS);
      return { evidence: copy, from: vantage(namespace, name) };
    }
    await copy.advance(PROBE_STEP_MS);
  }
  return { failure: `A test Pod did not become ready in namespace ${namespace} within 60 seconds.` };
}

const vantage = (namespace: string, name: string): Vantage => ({ kind: 'pod', namespace, name });

/** A Pod of a lost node is of no use, whatever its status still says. */
function isUsable(copy: Evidence, pod: Pod): boolean {
  const node = copy.view.get<Node>('nodes', '', pod.spec?.nodeName ?? '');
  const off = copy.faults.active.some(
    (fault) => fault.kind === 'node-down' && fault.node === pod.spec?.nodeName,
  );
  return isReady(pod) && node !== undefined && isReady(node) && !off;
}

function carriesOnly(pod: Pod, labels: Readonly<Record<string, string>>): boolean {
  const { [GRADERS_LABEL]: _mark, ...own } = pod.metadata.labels ?? {};
  const wanted = Object.entries(labels);
  return Object.keys(own).length === wanted.length && wanted.every(([key, value]) => own[key] === value);
}

function probePod(namespace: string, name: string, labels: Readonly<Record<string, string>>): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { ...labels, [GRADERS_LABEL]: 'probe' } },
    spec: {
      containers: [
        {
          name: 'probe',
          image: 'nicolaka/netshoot',
          command: ['sleep', 'infinity'],
          resources: { requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: '10m', memory: '10Mi' } },
        },
      ],
      terminationGracePeriodSeconds: 0,
      // Nodes that the learner has cordoned or tainted will do; a node that is lost will not.
      tolerations: [
        { operator: 'Exists', effect: 'NoSchedule' },
        { operator: 'Exists', effect: 'PreferNoSchedule' },
      ],
    },
  };
}
