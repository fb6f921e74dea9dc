import type { Pod, Vantage } from '../api';
import type { Evidence } from './seams';

/** The Pod that the grader sends from; it exists only on copies of the learner's cluster. */
const PROBE = 'portside-probe';
/** Longest wait for the probe to run, in virtual ms: pulling its image takes a few seconds. */
const PROBE_START_LIMIT_MS = 60_000;
const PROBE_STEP_MS = 1_000;

/** A copy of the cluster with a Pod of the grader's own to send from, or why there is none. */
export async function withProbe(
  evidence: Evidence,
  namespace: string,
): Promise<{ readonly evidence: Evidence; readonly from: Vantage } | { readonly failure: string }> {
  const copy = evidence.fork();
  if (!copy.view.get('pods', namespace, PROBE)) {
    await copy.client.create({ group: '', version: 'v1', resource: 'pods' }, namespace, probePod(namespace));
  }
  for (let waited = 0; waited <= PROBE_START_LIMIT_MS; waited += PROBE_STEP_MS) {
    const pod = copy.view.get<Pod>('pods', namespace, PROBE);
    if (pod?.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True')) {
      return { evidence: copy, from: { kind: 'pod', namespace, name: PROBE } };
    }
    await copy.advance(PROBE_STEP_MS);
  }
  return { failure: `a test Pod did not become ready in namespace ${namespace} within 60 seconds` };
}

function probePod(namespace: string): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: PROBE, namespace },
    spec: {
      containers: [{ name: 'probe', image: 'nicolaka/netshoot', command: ['sleep', 'infinity'] }],
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
    },
  };
}
