import type { Pod, View } from '../../api';
import type { NetworkFaults } from './state';

const PROXY_LABEL = 'k8s-app';
const PROXY_NAME = 'kube-proxy';

/**
 * Whether kube-proxy runs on a node. Where the cluster runs it as Pods, the node's Pod must run; where there is
 * neither such a Pod nor their DaemonSet, it is a process of the host.
 */
export function kubeProxyRuns(view: View, node: string, faults: NetworkFaults): boolean {
  if (faults.stoppedProxies.includes(node) || faults.downNodes.includes(node)) return false;
  const pods = view
    .list<Pod>('pods', 'kube-system')
    .filter(({ metadata }) => metadata.labels?.[PROXY_LABEL] === PROXY_NAME);
  const byPods = pods.length > 0 || view.get('daemonsets.apps', 'kube-system', PROXY_NAME) !== undefined;
  if (!byPods) return true;
  return pods.some(({ spec, status }) => spec?.nodeName === node && status?.phase === 'Running');
}
