import type { Credentials } from './credentials';
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

/** A port of the learner's own machine at which the API is served in somebody's name (`kubectl proxy`). */
export interface ApiProxy {
  readonly addresses: readonly string[];
  /** 0 takes any that is free. */
  readonly port: number;
  readonly credentials: Credentials;
  /** Paths begin with it ("/", "/custom/"); what stands before the API's own path is taken off. */
  readonly prefix: string;
  /** Whether a request may pass (FilterServer). */
  accepts(method: string, path: string, host: string): boolean;
}

/** The ports of a machine that its programs may listen on. */
export interface LocalPorts {
  /** Listens until closed; or why not, as the kernel says it. */
  listen(
    forward: PortForward | ApiProxy,
  ): { readonly port: number; close(): void } | 'address already in use' | 'permission denied';
}
