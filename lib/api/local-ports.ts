import type { Delivery } from './network';

/** Ports of the learner's own machine that lead to a port inside a Pod's network (`kubectl port-forward`). */
export interface PortForward {
  /** What it listens on: "127.0.0.1", "::1", "0.0.0.0" … */
  readonly addresses: readonly string[];
  /** 0 takes any that is free. */
  readonly port: number;
  readonly pod: { readonly namespace: string; readonly name: string };
  readonly podPort: number;
  /** Called for each connection, with what became of it inside the Pod. */
  onConnection(delivery: Delivery): void;
}

/** The ports of a machine that its programs may listen on. */
export interface LocalPorts {
  /** Listens until closed; or why not, as the kernel says it. */
  listen(
    forward: PortForward,
  ): { readonly port: number; close(): void } | 'address already in use' | 'permission denied';
}
