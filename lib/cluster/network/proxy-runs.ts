import type { KubeObject, Pod, View } from '../../api';
import type { NetworkFaults } from './state';

const PROXY_LABEL = 'k8s-app';
const PROXY_NAME = 'kube-proxy';

/** Whether the cluster runs kube-proxy as Pods: kubeadm's do, once somebody looks after their DaemonSet. */
function runsAsPods(view: View): boolean {
  const set = view.get<DaemonSetObject>('daemonsets.apps', 'kube-system', PROXY_NAME);
  if (set !== undefined) return set.status?.observedGeneration !== undefined;
  return view.get('configmaps', 'kube-system', PROXY_NAME) !== undefined;
}

type DaemonSetObject = KubeObject & { readonly status?: { readonly observedGeneration?: number } };

/** Whether kube-proxy runs on a node: as the node's Pod, or in clusters without such Pods as a process of the host. */
export function kubeProxyRuns(view: View, node: string, faults: NetworkFaults): boolean {
  if (faults.stoppedProxies.includes(node) || faults.downNodes.includes(node)) return false;
  const pods = view
    .list<Pod>('pods', 'kube-system')
    .filter(({ metadata }) => metadata.labels?.[PROXY_LABEL] === PROXY_NAME);
  if (pods.length === 0 && !runsAsPods(view)) return true;
  return pods.some(({ spec, status }) => spec?.nodeName === node && status?.phase === 'Running');
}
