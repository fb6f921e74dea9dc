import type {
  ContainerWorld,
  Executable,
  FileChanges,
  Hop,
  Json,
  KubeObject,
  Protocol,
  Reply,
  Request,
  SignalName,
  StatusError,
  Stored,
  View,
} from '../api';
import type { Action } from './seams';

/** A socket that a container's process has bound. `address` is "0.0.0.0", "127.0.0.1" or "::". */
export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** What a container's program can see of its world; argv is command and args over the image's own. */
export interface ProcessEnv extends ContainerWorld {
  readonly namespace: string;
  readonly podName: string;
  readonly image: string;
  /** Whether a Job waits for this container to end. */
  readonly ofJob?: boolean | undefined;
  readonly ports: readonly {
    readonly name?: string | undefined;
    readonly containerPort: number;
    readonly protocol: Protocol;
  }[];
  /** What the API server shows to a program that watches it; undefined where there is none. */
  readonly view?: View | undefined;
  /** The signal that this turn is about. */
  readonly signal?: SignalName | undefined;
}

/** One step of a program: its next state, what it wrote, whether it ended, when it wants the next step. */
export interface Turn {
  readonly state: Json;
  readonly log?: readonly string[] | undefined;
  readonly exitCode?: number | undefined;
  /** Virtual ms since the epoch. */
  readonly wakeAt?: number | undefined;
  /** Files changed in this step. */
  readonly files?: FileChanges | undefined;
  /** What it holds of memory from now on; more than the container's limit is the end of it (OOMKilled). */
  readonly memoryBytes?: number | undefined;
}

/** What a program does when it is told to stop. */
export interface Stop {
  readonly log?: readonly string[] | undefined;
  readonly files?: FileChanges | undefined;
  readonly exitCode: number;
  /** From the signal to the end. */
  readonly takesMs: number;
  /** What it is until then, where it goes on otherwise than before. */
  readonly state?: Json | undefined;
}

/** What serving one request makes of a program. */
export interface Serving {
  readonly state: Json;
  readonly reply: Reply;
  readonly log?: readonly string[] | undefined;
  readonly latencyMs?: number | undefined;
  readonly files?: FileChanges | undefined;
  /** The process ends with this, once it has answered. */
  readonly exitCode?: number | undefined;
  /** It wants a turn then, or earlier. */
  readonly wakeAt?: number | undefined;
  readonly memoryBytes?: number | undefined;
  /** How the reply was decided, where that is worth telling. */
  readonly trace?: readonly Hop[] | undefined;
}

/** An incoming request as the program gets it. */
export interface Incoming {
  readonly request: Request;
  readonly port: number;
  /** TCP when absent. */
  readonly protocol?: Protocol | undefined;
  readonly sourceIP: string;
}

/** The API server as a Pod's service account has it. */
export interface AccountApi {
  /** All objects of a resource ("ingresses.networking.k8s.io"), or why the account may not list them. */
  list<T extends KubeObject = KubeObject>(
    resource: string,
    namespace: string,
  ): readonly Stored<T>[] | StatusError;
  /** Why the account may not do this; undefined when it may. */
  refusal(
    verb: string,
    resource: string,
    aim: { readonly namespace: string; readonly name?: string; readonly subresource?: string },
  ): StatusError | undefined;
}

/** One look at the API server: what a program makes of it, and what it asks for. */
export interface Look {
  readonly state: Json;
  readonly log?: readonly string[] | undefined;
  /** Done as its Pod's account. */
  readonly actions?: readonly Action[] | undefined;
  /** When it wants to look again though nothing has changed. */
  readonly wakeAt?: number | undefined;
  readonly exitCode?: number | undefined;
}

/** What a program is to the API server: a controller of its own, whose state is its container's. */
export interface ApiProgram {
  /** Whom its events are from, and its fields: "nginx-ingress-controller". */
  readonly name: string;
  /** Resources that it watches: "services", "ingresses.networking.k8s.io"; of Pods only those of its own namespace. */
  readonly watches: readonly string[];
  look(state: Json, env: ProcessEnv, api: AccountApi): Look;
}

/** A program over plain data that stands for a container image. */
export interface Image {
  /** Repository names without registry or tag that it answers to: "nginx", "mysql". */
  readonly names: readonly string[];
  /** Tags that exist; any when absent. */
  readonly tags?: readonly string[] | undefined;
  readonly entrypoint: readonly string[];
  /** Docker's CMD: the arguments used when the container gives neither command nor args. */
  readonly cmd?: readonly string[] | undefined;
  /** Executables of its own that are no tools for `exec`: "nginx", "docker-entrypoint.sh". */
  readonly programs?: readonly string[] | undefined;
  readonly sizeBytes: number;
  /** What `exec` finds on PATH ("sh", "curl", "cat"); the shell room implements them. */
  readonly tools: readonly string[];
  /** Files of the image. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Whom it runs as; root when absent. */
  readonly user?: string | undefined;
  /** Programs that it brings for those who come in: "mysql", "redis-cli". */
  readonly executables?: Readonly<Record<string, Executable>> | undefined;
  start(env: ProcessEnv): Turn;
  turn(state: Json, env: ProcessEnv): Turn;
  listens(state: Json, env: ProcessEnv): readonly Listener[];
  serve(state: Json, incoming: Incoming, env: ProcessEnv): Serving;
  /** What its stop signal does; undefined when it is not listened to, as by a shell that is PID 1. */
  stop(state: Json, env: ProcessEnv): Stop | undefined;
  /** Commands that are run in a container beside its own process (probes, hooks). */
  readonly command: Command;
  /** Set for programs that watch the API server. */
  readonly client?: ApiProgram | undefined;
}

/** A command run beside a container's process, as far as it has come. */
export interface CommandTurn {
  readonly state: Json;
  readonly out: string;
  readonly err: string;
  /** Set once it has ended. */
  readonly exitCode?: number | undefined;
  readonly wakeAt?: number | undefined;
  readonly files?: FileChanges | undefined;
  /** A signal for the container's own process. */
  readonly signal?: SignalName | undefined;
}

/** Runs the command line that is the world's argv. */
export interface Command {
  start(env: ProcessEnv): CommandTurn;
  goOn(state: Json, env: ProcessEnv): CommandTurn;
}

/** A container as the kubelet keeps it. */
export interface ContainerRecord {
  /** Pod's uid and the container's name. */
  readonly podUid: string;
  readonly namespace: string;
  readonly podName: string;
  readonly name: string;
  readonly node: string;
  readonly image: string;
  readonly containerID: string;
  /** The program's state; undefined when not running. */
  readonly state: Json | undefined;
  readonly running: boolean;
  readonly startedAt: number;
  readonly restarts: number;
  readonly log: readonly LogLine[];
  readonly previousLog: readonly LogLine[];
  /** Files written since the start outside of volumes, by path; null for a removed one. */
  readonly files: FileChanges;
  /** The environment that it was started with, when ConfigMaps or Secrets had a say: what they say later does not reach it. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** The name of its image's `client`, where it has one. */
  readonly client?: string | undefined;
  /** What requests and signals have asked of the process since its kubelet last looked. */
  readonly asked?: Asked | undefined;
}

/** Something that befell a process from outside, to be seen to by its kubelet. */
export interface Asked {
  readonly wakeAt?: number | undefined;
  readonly exitCode?: number | undefined;
  readonly memoryBytes?: number | undefined;
  readonly signal?: SignalName | undefined;
}

export interface LogLine {
  readonly at: number;
  readonly text: string;
}

/** The kubelet's records for the network and `exec` to use. */
export interface Containers {
  get(namespace: string, pod: string, container: string): ContainerRecord | undefined;
  ofPod(namespace: string, pod: string): readonly ContainerRecord[];
  update(record: ContainerRecord): void;
  /** The files of a volume by relative path ("dir/" for a directory); undefined when it was never set up. */
  volume(key: string): Readonly<Record<string, string>> | undefined;
  setVolume(key: string, files: Readonly<Record<string, string>>): void;
}
