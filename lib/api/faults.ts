import type { Vantage } from './network';

/** Damage that lasts until it is lifted; plain data, kept in forks and snapshots. */
export type Fault =
  /** Nothing passes between two places, or (one way) nothing from the first to the second. */
  | {
      readonly kind: 'cut-link';
      readonly from: Vantage;
      readonly to: Vantage;
      readonly oneWay?: boolean | undefined;
    }
  /** The machine is off: nothing on it runs or answers. When the fault is lifted it boots. */
  | { readonly kind: 'node-down'; readonly node: string }
  /** The kubelet hangs: containers run on, but nobody looks after them or tells of them. */
  | { readonly kind: 'kubelet-stopped'; readonly node: string }
  /** kube-proxy hangs: the node's rules grow stale. */
  | { readonly kind: 'kube-proxy-stopped'; readonly node: string }
  /** A probe fails whatever it would find; of all containers of the Pod unless one is named. */
  | {
      readonly kind: 'probe-broken';
      readonly namespace: string;
      readonly pod: string;
      readonly container?: string | undefined;
      readonly probe: 'liveness' | 'readiness' | 'startup';
    }
  /** CoreDNS is scaled to nothing; lifting scales it back. */
  | { readonly kind: 'dns-stopped' };

/** Damage of one moment. */
export type Blow =
  /** The main process of a container gets a signal that it does not survive. */
  | {
      readonly kind: 'kill-process';
      readonly namespace: string;
      readonly pod: string;
      /** The first one when absent. */
      readonly container?: string | undefined;
    }
  /** The Pod is deleted without grace. */
  | { readonly kind: 'kill-pod'; readonly namespace: string; readonly pod: string };

/** Breaking and mending a cluster on purpose, for labs and graders. */
export interface Faults {
  /** What is broken now. */
  readonly active: readonly Fault[];
  /** Breaks something until it is lifted; once is enough. A node that there is not is refused. */
  inject(fault: Fault): void;
  /** Mends what was broken so; what was not is left alone. */
  lift(fault: Fault): void;
  /** Breaks something in one moment; what there is not is refused. */
  strike(blow: Blow): void;
}
