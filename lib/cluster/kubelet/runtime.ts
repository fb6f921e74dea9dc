import type { Json } from '../../api';

/** A hook or a probe's command under way. */
export interface HookRuntime {
  readonly state: Json;
  /** When it has to be looked at again; absent for one that never ends by itself. */
  readonly at?: number | undefined;
  /** What a command has written so far, where that is anything. */
  readonly out?: string;
  readonly err?: string;
}

/** How a container's run ended. */
export interface Ended {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string | undefined;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly containerID: string;
}

/** What one probe has found so far. */
export interface ProbeRuntime {
  readonly nextAt: number;
  readonly successes: number;
  readonly failures: number;
  readonly passing: boolean;
}

export type ProbeName = 'startup' | 'liveness' | 'readiness';

/**
 * A container as its kubelet drives it. `at` is when the phase has to be looked at again: a pull's end, a start,
 * the end of a back-off, a stop's end.
 */
export interface ContainerRuntime {
  readonly phase:
    | 'waiting'
    | 'pulling'
    | 'starting'
    /** Its process runs, its postStart hook too: to the API it still waits. */
    | 'hook'
    | 'running'
    | 'stopping'
    | 'stopped'
    | 'pull-failed'
    | 'backing-off';
  /** The waiting state's reason and message. */
  readonly reason: string;
  readonly message?: string | undefined;
  readonly at?: number | undefined;
  /** The image that the spec asked for when this run was begun. */
  readonly image?: string | undefined;
  readonly restarts: number;
  readonly containerID?: string | undefined;
  readonly imageReference?: string | undefined;
  readonly imageID?: string | undefined;
  readonly startedAt?: number | undefined;
  readonly ended?: Ended | undefined;
  readonly last?: Ended | undefined;
  /** The next crash back-off; 0 before the first restart. */
  readonly crashBackoffMs: number;
  /** The next pull back-off. */
  readonly pullBackoffMs: number;
  readonly retryAt?: number | undefined;
  readonly pull?:
    | { readonly queuedAt: number; readonly startedAt: number; readonly failure?: string | undefined }
    | undefined;
  /** When its program wants its next turn. */
  readonly wakeAt?: number | undefined;
  readonly probes: Readonly<Partial<Record<ProbeName, ProbeRuntime>>>;
  /** The postStart hook under way. */
  readonly hook?: HookRuntime | undefined;
  readonly stop?: StopRuntime | undefined;
}

/** A stop under way: first the preStop hook, then the signal, then the end. */
export interface StopRuntime {
  readonly deadline: number;
  readonly hook?: HookRuntime | undefined;
  /** Set once the process has had its signal: how it will end. */
  readonly exitCode?: number | undefined;
}

/** A Pod as its kubelet drives it. */
export interface PodRuntime {
  readonly uid: string;
  readonly node: string;
  readonly startedAt: number;
  /** When the sandbox is up. */
  readonly sandboxAt: number;
  readonly mountBackoffMs?: number | undefined;
  /** When volumes made of ConfigMaps and Secrets, which have changed, are brought up to date. */
  readonly refreshAt?: number | undefined;
  readonly ready: boolean;
  /** The account that its tokens are for. */
  readonly accountUid?: string | undefined;
  readonly ip?: string | undefined;
  readonly containers: Readonly<Record<string, ContainerRuntime>>;
  /** Set once its containers are being stopped for good. */
  readonly stopping: boolean;
  /** Why its kubelet gave it up: the status' reason and message. */
  readonly failed?: { readonly reason: string; readonly message: string } | undefined;
  /** When its volumes of API objects will be written anew. */
  readonly remountAt?: number | undefined;
}

/** What a kubelet keeps for its node. */
export interface NodeRuntime {
  /** References of images that are on the node. */
  readonly images: readonly string[];
  /** The last number given out of the Pod range. */
  readonly lastAddress: number;
  /** Pulls happen one after the other: when the last one asked for will be done. */
  readonly pullsDoneAt: number;
}

/** A container that has never run. */
export const FRESH_CONTAINER: ContainerRuntime = {
  phase: 'waiting',
  reason: 'ContainerCreating',
  restarts: 0,
  crashBackoffMs: 0,
  pullBackoffMs: 10_000,
  probes: {},
};

/** A node on which nothing has run. */
export const FRESH_NODE: NodeRuntime = { images: [], lastAddress: 1, pullsDoneAt: 0 };
