import type { KubeObject, Pod, Stored, View } from '../../../api';
import { type ActiveFault, isProxyStopped } from '../../faults';
import { readOnce } from '../read-once';

const PROXY_LABEL = 'k8s-app';
const PROXY_NAME = 'kube-proxy';
const NAMESPACE = 'kube-system';

/** Whether the cluster runs kube-proxy as Pods: kubeadm's do, once somebody looks after their DaemonSet. */
function runsAsPods(view: View): boolean {
  const set = view.get<DaemonSetObject>('daemonsets.apps', NAMESPACE, PROXY_NAME);
  if (set !== undefined) return set.status?.observedGeneration !== undefined;
  return view.get('configmaps', NAMESPACE, PROXY_NAME) !== undefined;
}

type DaemonSetObject = KubeObject & { readonly status?: { readonly observedGeneration?: number } };

/** Whether a Pod is one of kube-proxy's. */
export function isProxyPod({ metadata }: Stored<Pod>): boolean {
  return metadata.namespace === NAMESPACE && metadata.labels?.[PROXY_LABEL] === PROXY_NAME;
}

const proxyPods = (view: View): readonly Stored<Pod>[] =>
  view.list<Pod>('pods', NAMESPACE).filter(isProxyPod);

/** The Pod whose process is a node's kube-proxy: one that runs there. */
export function proxyPod(view: View, node: string): Stored<Pod> | undefined {
  return readOnce(view, runningProxies).get(node);
}

function runningProxies(view: View): ReadonlyMap<string, Stored<Pod>> {
  const running = new Map<string, Stored<Pod>>();
  for (const pod of readOnce(view, proxyPods)) {
    const { nodeName = '' } = pod.spec ?? {};
    if (isRunning(pod) && !running.has(nodeName)) running.set(nodeName, pod);
  }
  return running;
}

/** Between a crash and the next start the Pod is Running, its process is not. */
const isRunning = ({ status }: Pod): boolean =>
  status?.phase === 'Running' &&
  status.containerStatuses?.[0]?.state?.waiting === undefined &&
  status.containerStatuses?.[0]?.state?.terminated === undefined;

/** Whether kube-proxy runs on a node: as the node's Pod, or in clusters without such Pods as a process of the host. */
export function kubeProxyRuns(view: View, node: string, faults: readonly ActiveFault[]): boolean {
  if (isProxyStopped(faults, node)) return false;
  if (readOnce(view, proxyPods).length === 0 && !runsAsPods(view)) return true;
  return proxyPod(view, node) !== undefined;
}
