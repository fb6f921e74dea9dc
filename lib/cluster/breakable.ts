import type { Pod } from '../api';
import type { ClusterPorts } from './cluster-seam';
import type { Breakable } from './faults';
import { killContainer, rebootPods } from './kubelet';
import type { Parts } from './parts';
import type { Identity } from './seams';

/** A machine's way from power on to its kubelet's first look at Pods. */
const BOOT_MS = 20_000;
/** How soon what hung goes on once it is let. */
const RESUME_MS = 500;

/** A running cluster as something that can be broken; what has to be done is done as `admin`. */
export function breakable(parts: Parts, { clock }: ClusterPorts, admin: Identity): Breakable {
  const { view, containers, network, loop, faults, server } = parts;
  const podsOn = (node: string): readonly string[] =>
    view
      .list<Pod>('pods', '')
      .filter(({ spec }) => spec?.nodeName === node)
      .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`);
  const wake = (node: string, inMs: number): void => {
    const at = clock.now() + inMs;
    loop.wake('node-controller', node, clock.now());
    loop.wake('kube-proxy', node, at);
    for (const key of podsOn(node)) loop.wake('kubelet', key, at);
  };
  return {
    view,
    book: faults,
    api: server.as(admin),
    now: clock.now,
    wakeNode: (node) => wake(node, RESUME_MS),
    startKubelet(node) {
      loop.wake('kubelet-node-status', node, clock.now() + RESUME_MS);
      wake(node, RESUME_MS);
    },
    reboot(node) {
      network.reboot(node);
      rebootPods(containers, podsOn(node), clock.now() + BOOT_MS);
      loop.wake('kubelet-node-status', `${node}/booted`, clock.now() + BOOT_MS);
      wake(node, BOOT_MS);
    },
    killProcess(namespace, pod, container) {
      const killed = killContainer(containers, namespace, pod, container, clock.now());
      if (killed) loop.wake('kubelet', `${namespace}/${pod}`, clock.now());
    },
  };
}
