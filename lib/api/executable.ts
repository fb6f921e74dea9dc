import type { Random } from '../base';
import type { Delivery, Network, Protocol, Request, Traced } from './network';
import type { Json } from './objects';

/** What processes changed in a container's files: text by path, null for what was removed, "path/" for a made directory. */
export type FileChanges = Readonly<Record<string, string | null>>;

/** Signals that a container's main process may be sent. */
export type SignalName = 'HUP' | 'INT' | 'QUIT' | 'KILL' | 'USR1' | 'TERM' | 'WINCH';

/** What a process in a container sees around it. */
export interface ContainerWorld {
  readonly now: number;
  readonly random: Random;
  readonly hostname: string;
  readonly podIP: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Files in the container (image, volumes, what was written), or undefined. */
  readFile(path: string): string | undefined;
  /** Paths of the files under a directory; those of directories end with "/". */
  listFiles(directory: string): readonly string[];
  /** Whether a path lies where nothing may be changed. */
  readOnly(path: string): boolean;
  /** Resolves a name as the Pod's C library does, or as programs written in Go do. */
  lookup(name: string, by?: 'go'): ReturnType<Network['lookup']>;
  /** Asks an address for an echo. */
  ping(ip: string): { readonly answered: boolean; readonly latencyMs: number };
  /** Sends from the Pod through the network, resolving the host first; a name that does not resolve is unreachable. */
  send(host: string, port: number, request: Request, protocol?: Protocol): Traced<Delivery>;
}

/** The world of an executable that somebody started: a person, a probe, a script. */
export interface ExecutableWorld extends ContainerWorld {
  /** Its standard input is a terminal. */
  readonly terminal: boolean;
}

/** What happens to a running executable. */
export type ExecutableInput =
  | { readonly kind: 'start' }
  | { readonly kind: 'line'; readonly text: string }
  /** Its input has ended (Ctrl-D). */
  | { readonly kind: 'end' }
  /** Ctrl-C at its prompt. */
  | { readonly kind: 'interrupt' }
  /** The time that it waited for is over. */
  | { readonly kind: 'again' };

/** What an executable did until it waits or ends. */
export interface ExecutableStep {
  readonly state: Json;
  readonly out?: string | undefined;
  readonly err?: string | undefined;
  /** Virtual ms that pass before the above is seen. */
  readonly afterMs?: number | undefined;
  readonly files?: FileChanges | undefined;
  /** A signal for the container's main process. */
  readonly signal?: SignalName | undefined;
  /** What it waits for, or how it ended. */
  readonly next:
    | { readonly kind: 'read'; readonly prompt: string; readonly hidden?: boolean | undefined }
    | { readonly kind: 'wait'; readonly ms: number }
    | { readonly kind: 'exit'; readonly code: number };
}

/**
 * A program that an image brings, as pure steps over plain data, so that a shell, a probe and a script all run the
 * same: a database's client, a server's own control command.
 */
export interface Executable {
  step(state: Json, input: ExecutableInput, world: ExecutableWorld): ExecutableStep;
}
