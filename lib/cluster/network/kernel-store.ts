import { CONFIG_PATH, defaultProxyConfig, readProxyConfig } from '../kube-proxy-config';
import { ipvsSecondsLeft } from './connections';
import { forget } from './ipvs';
import type { KernelStore } from './kube-proxy';
import type { Memory } from './memory';
import type { NetworkOptions } from './options';
import { proxyPod } from './proxy-runs';

/** The kernels of a network's nodes, for the kube-proxies to read and write. */
export function kernelStore(options: NetworkOptions, memory: Memory): KernelStore {
  return {
    kernel: (node) => memory.state.kernels[node],
    write(node, kernel) {
      const { state } = memory;
      if (state.kernels[node] === kernel) return;
      const { [node]: _, ...others } = state.kernels;
      const kernels = kernel === undefined ? others : { ...state.kernels, [node]: kernel };
      const ipvs = forget(state.ipvs, node, kernel?.ipvs?.servers ?? {}, options.clock.now());
      memory.change({ ...state, kernels, ipvs });
    },
    process: (node) => memory.state.proxies[node],
    setProcess(node, process) {
      const { [node]: _, ...others } = memory.state.proxies;
      const proxies = process === undefined ? others : { ...others, [node]: process };
      memory.change({ ...memory.state, proxies });
    },
    running(view, node) {
      const pod = proxyPod(view, node);
      const host = { containerID: '', readConfig: () => defaultProxyConfig(options.podCIDR) };
      if (pod === undefined) return host;
      const [container] = pod.spec?.containers ?? [];
      if (container === undefined) return host;
      const record = options.containers.get(pod.metadata.namespace ?? '', pod.metadata.name, container.name);
      return {
        containerID: record?.containerID ?? pod.metadata.uid,
        readConfig() {
          const text = options.processEnv(pod, container.name)?.readFile(CONFIG_PATH);
          const read = text === undefined ? undefined : readProxyConfig(text);
          // What can't be read ends the container; until the kubelet says so, nothing changes.
          return read !== undefined && 'config' in read ? read.config : defaultProxyConfig(options.podCIDR);
        },
      };
    },
    hasConnections: (node) => (server, destination) =>
      memory.state.connections.some(
        (each) =>
          each.node === node &&
          each.server === server &&
          `${each.replySource}:${each.replySourcePort}` === destination &&
          ipvsSecondsLeft(each, options.clock.now()) > 0,
      ),
    faults: options.faults,
  };
}
