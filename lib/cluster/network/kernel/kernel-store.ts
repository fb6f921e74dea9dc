import { CONFIG_PATH, defaultProxyConfig, readProxyConfig } from '../../kube-proxy-config';
import { forget, remembers } from '../ipvs';
import type { Memory } from '../memory';
import type { NetworkOptions } from '../options';
import type { KernelStore } from '../proxy/kube-proxy';
import { proxyPod } from '../proxy/proxy-runs';
import { ipvsSecondsLeft } from './connections';
import { kernelOf } from './node-kernel';

/** The kernels of a network's nodes, for the kube-proxies to read and write. */
export function kernelStore(options: NetworkOptions, memory: Memory): KernelStore {
  return {
    kernel: (node) => memory.state.kernels[node],
    write(node, kernel) {
      const before = memory.state.kernels[node];
      if (before === kernel) return;
      memory.setKernel(node, kernel);
      const { state } = memory;
      if (!remembers(state.ipvs, node)) return;
      const { servers = {} } = kernelOf(memory, node).ipvs ?? {};
      memory.change({ ...state, ipvs: forget(state.ipvs, node, servers, options.clock.now()) });
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
      // Killed, or the node has just booted: the API says Running until the kubelet has looked.
      if (record?.running === false) return undefined;
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
    connections(node) {
      const left = memory.state.connections.filter(
        (each) => each.node === node && ipvsSecondsLeft(each, options.clock.now()) > 0,
      );
      const names = new Set(left.map((each) => `${each.server} ${each.replySource}:${each.replySourcePort}`));
      return names.size === 0
        ? undefined
        : (server: string, destination: string) => names.has(`${server} ${destination}`);
    },
    faults: options.faults,
  };
}
