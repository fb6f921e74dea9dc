import type { Client, Credentials, Delivery, ExecStreams, Packet } from '../../api';
import type { LogLine } from '../seams';

/** A running container, meant to be entered. */
export interface ExecTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly command: readonly string[];
}

/** Runs a process in a container that is known to run; resolves with its exit code. */
export type ExecPort = (target: ExecTarget, streams: ExecStreams) => Promise<number>;

/** Writes to a container's own process; undefined when that reads nothing. */
export type AttachPort = (
  target: Omit<ExecTarget, 'command'>,
  streams: ExecStreams,
) => Promise<void> | undefined;

/** Where containers' output is found. */
export interface LogPort {
  /** All lines kept, of the running (or last) container or of the one before; undefined when there was none. */
  read(namespace: string, pod: string, container: string, previous: boolean): readonly LogLine[] | undefined;
  /** Calls back whenever the log may have grown or its container ended; returns how to stop. */
  onChange(namespace: string, pod: string, container: string, listener: () => void): () => void;
}

/** What the client needs besides the API. */
export interface ClientPorts {
  readonly exec: ExecPort;
  readonly attach: AttachPort;
  readonly logs: LogPort;
  /** Throws the API server's error when a node's kubelet cannot be reached; `url` is what is asked of it, if it is a URL. */
  readonly dial?: ((node: string, url?: string) => void) | undefined;
  /** Sends a packet, from inside a Pod. */
  readonly send: (packet: Packet) => Delivery;
  /** A client of whoever such credentials are for; refusals are thrown. */
  become(credentials: Credentials): Client;
  /** Virtual now, for `sinceSeconds`. */
  now(): number;
}
