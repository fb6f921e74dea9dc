import type { View, WaitingSocket } from '../../../api';
import type { NodePlace } from '../places';
import { healthCheckPorts } from '../proxy/proxy-health';

/** A daemon of a node that waits on a port; numbers of processes are made up, but always the same. */
export type Daemon = WaitingSocket;

const EVERYWHERE = '0.0.0.0';
const LOOPBACK = '127.0.0.1';

function daemon(process: string, pid: number, address: string, port: number): Daemon {
  return { protocol: 'TCP', address, port, process, pid };
}

/** What runs on a node besides Pods, given which of kubelet and kube-proxy are up. */
export function daemonsOf(
  view: View,
  node: NodePlace,
  up: { readonly kubelet: boolean; readonly kubeProxy: boolean },
): readonly Daemon[] {
  return [
    daemon('sshd', 612, EVERYWHERE, 22),
    daemon('containerd', 671, LOOPBACK, 41_371),
    ...(up.kubelet
      ? [daemon('kubelet', 844, LOOPBACK, 10_248), daemon('kubelet', 844, EVERYWHERE, 10_250)]
      : []),
    ...(up.kubeProxy ? proxySockets(view) : []),
    ...(node.controlPlane ? controlPlane(node) : []),
  ];
}

function proxySockets(view: View): readonly Daemon[] {
  return [
    daemon('kube-proxy', 1733, LOOPBACK, 10_249),
    daemon('kube-proxy', 1733, EVERYWHERE, 10_256),
    ...healthCheckPorts(view).map((port) => daemon('kube-proxy', 1733, EVERYWHERE, port)),
  ];
}

function controlPlane({ ip }: NodePlace): readonly Daemon[] {
  return [
    daemon('etcd', 1270, ip, 2379),
    daemon('etcd', 1270, LOOPBACK, 2379),
    daemon('etcd', 1270, ip, 2380),
    daemon('etcd', 1270, LOOPBACK, 2381),
    daemon('kube-apiserver', 1301, EVERYWHERE, 6443),
    daemon('kube-controller', 1344, LOOPBACK, 10_257),
    daemon('kube-scheduler', 1367, LOOPBACK, 10_259),
  ];
}
