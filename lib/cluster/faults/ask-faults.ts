import type { Fault, Vantage } from '../../api';
import type { ActiveFault } from './active-fault';

type Faults = readonly ActiveFault[];
type Of<K extends Fault['kind']> = Extract<Fault, { readonly kind: K }>;

function all<K extends Fault['kind']>(faults: Faults, kind: K): readonly Of<K>[] {
  return faults.map(({ fault }) => fault).filter((fault): fault is Of<K> => fault.kind === kind);
}

/** Whether a machine is off. */
export function isDown(faults: Faults, node: string): boolean {
  return all(faults, 'node-down').some((fault) => fault.node === node);
}

/** Since when a machine has been off, in virtual ms; undefined while it runs. */
export function machineDownSince(faults: Faults, node: string): number | undefined {
  return faults.find(({ fault }) => fault.kind === 'node-down' && fault.node === node)?.since;
}

/** Since when a node's kubelet has not worked, in virtual ms; undefined when it does. */
export function kubeletStoppedSince(faults: Faults, node: string): number | undefined {
  const found = faults.filter(
    ({ fault }) => (fault.kind === 'node-down' || fault.kind === 'kubelet-stopped') && fault.node === node,
  );
  return found.length === 0 ? undefined : Math.min(...found.map(({ since }) => since));
}

/** Whether a node's kube-proxy hangs, or its machine is off. */
export function isProxyStopped(faults: Faults, node: string): boolean {
  return isDown(faults, node) || all(faults, 'kube-proxy-stopped').some((fault) => fault.node === node);
}

/** Whether a probe of a container is broken. */
export function isProbeBroken(
  faults: Faults,
  probe: Of<'probe-broken'>['probe'],
  namespace: string,
  pod: string,
  container: string,
): boolean {
  return all(faults, 'probe-broken').some(
    (fault) =>
      fault.probe === probe &&
      fault.namespace === namespace &&
      fault.pod === pod &&
      (fault.container ?? container) === container,
  );
}

/** Whether nothing passes from one place to another. */
export function isCut(faults: Faults, from: Vantage, to: Vantage): boolean {
  return all(faults, 'cut-link').some(
    (cut) =>
      (samePlace(cut.from, from) && samePlace(cut.to, to)) ||
      (cut.oneWay !== true && samePlace(cut.from, to) && samePlace(cut.to, from)),
  );
}

function samePlace(left: Vantage, right: Vantage): boolean {
  return placeName(left) === placeName(right);
}

/** "pod default/web", "node worker-1", "office", "internet". */
export function placeName(place: Vantage): string {
  if (place.kind === 'pod') return `pod ${place.namespace}/${place.name}`;
  return place.kind === 'node' ? `node ${place.name}` : place.kind;
}
