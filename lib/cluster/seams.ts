import type {
  Answer,
  DeleteOptions,
  Delivery,
  Json,
  KubeList,
  KubeObject,
  ListOptions,
  ObjectKey,
  PatchOptions,
  PatchType,
  Protocol,
  Reply,
  Request,
  ResourceRef,
  Status,
  Stored,
  Table,
  Traced,
  View,
  WatchEvent,
  WriteOptions,
} from '../api';
import type { Random } from '../base';

/* ---- store: knows no kinds -------------------------------------------------------------- */

/** One change, as the watch log keeps it. `key` is `/<resource>.<group>/<namespace>/<name>`. */
export interface Change {
  readonly revision: number;
  readonly key: string;
  readonly object: Stored | undefined;
  readonly previous: Stored | undefined;
}

/** An ordered map of objects with a revision and a bounded log. All values are immutable; `fork` is O(1). */
export interface Store {
  readonly revision: number;
  /** How many objects there are. */
  readonly size: number;
  get(key: string): Stored | undefined;
  /** Objects whose key starts with `prefix`, in key order, from `after` (exclusive) on. */
  list(prefix: string, options?: { readonly limit?: number; readonly after?: string }): readonly Stored[];
  count(prefix: string): number;
  /** Writes at the next revision, which becomes the object's resourceVersion; returns what is stored. */
  put(key: string, object: KubeObject): Stored;
  /** Removes at the next revision; the logged previous object carries that revision. */
  delete(key: string): Stored | undefined;
  /** Changes after `revision` under `prefix`; undefined when the log no longer reaches back so far. */
  since(revision: number, prefix: string): readonly Change[] | undefined;
  listen(listener: (change: Change) => void): () => void;
  /** A store that starts from the same contents and goes its own way; listeners do not follow. */
  fork(): Store;
  snapshot(): Json;
}

/* ---- server: the API, synchronous --------------------------------------------------------- */

/** Who is asking. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
  /** What tells apart two of the same name: a service account's uid. */
  readonly uid?: string | undefined;
  /** More that the authenticator knows, such as the Pod that a token is bound to. */
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The API server's verbs for one identity; refusals are thrown as `StatusError`. */
export interface Api {
  get(ref: ResourceRef, namespace: string, name: string): Stored;
  list(ref: ResourceRef, namespace: string, options?: ListOptions): KubeList<Stored>;
  table(ref: ResourceRef, namespace: string, options?: ListOptions & { readonly name?: string }): Table;
  create(
    ref: ResourceRef,
    namespace: string,
    object: KubeObject,
    options?: WriteOptions & { readonly name?: string },
  ): Answer<Stored>;
  update(ref: ResourceRef, namespace: string, object: KubeObject, options?: WriteOptions): Answer<Stored>;
  patch(
    ref: ResourceRef,
    namespace: string,
    name: string,
    type: PatchType,
    body: unknown,
    options?: PatchOptions,
  ): Answer<Stored>;
  delete(ref: ResourceRef, namespace: string, name: string, options?: DeleteOptions): Answer<KubeObject>;
  deleteCollection(ref: ResourceRef, namespace: string, options: DeleteOptions & ListOptions): void;
  /** Starts a watch; `onEvent` is called in order, synchronously with each change, until the returned stop. */
  watch(
    ref: ResourceRef,
    namespace: string,
    options: ListOptions & {
      readonly allowWatchBookmarks?: boolean | undefined;
      readonly sendInitialEvents?: boolean | undefined;
    },
    onEvent: (event: WatchEvent) => void,
  ): () => void;
}

/* ---- controllers: plan, never act ------------------------------------------------------------ */

/** What a controller wants done; applied by the API server as that controller's identity. */
export type Action =
  | { readonly verb: 'create'; readonly ref: ResourceRef; readonly object: KubeObject }
  | {
      readonly verb: 'update';
      readonly ref: ResourceRef;
      readonly object: KubeObject;
      readonly subresource?: 'status' | 'finalize' | undefined;
    }
  | {
      readonly verb: 'patch';
      readonly ref: ResourceRef;
      readonly namespace: string;
      readonly name: string;
      readonly body: Json;
      readonly subresource?: 'status' | undefined;
      /** Sent as an update of the whole object as it is known, which is all that some controllers may do. */
      readonly asUpdate?: boolean | undefined;
    }
  | {
      readonly verb: 'delete';
      readonly ref: ResourceRef;
      readonly namespace: string;
      readonly name: string;
      readonly options?: DeleteOptions | undefined;
    }
  | { readonly verb: 'bind'; readonly namespace: string; readonly pod: string; readonly node: string }
  | {
      readonly verb: 'event';
      readonly about: KubeObject;
      readonly fieldPath?: string | undefined;
      readonly type: 'Normal' | 'Warning';
      readonly reason: string;
      readonly message: string;
      readonly count?: number | undefined;
      /** What was being done, for controllers with `eventsV1`: "Binding", "Scheduling". */
      readonly action?: string | undefined;
    };

/** The outcome of one reconcile. A refused action (conflict, forbidden) makes the key come back with back-off. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly requeueAfterMs?: number | undefined;
}

/** Which changes wake a controller, and for which keys. */
export interface WatchRule {
  /** "pods", "deployments.apps". */
  readonly resource: string;
  /** Keys ("namespace/name", or "name") to reconcile when this object changed; both are given on update. */
  keys(object: Stored | undefined, previous: Stored | undefined, view: View): readonly string[];
}

/** A level-driven control loop over a view. Pure: same view, key, time and chance give the same plan. */
export interface Controller {
  /** As upstream names it: "deployment-controller"; also its event source. */
  readonly name: string;
  /** Its service account in kube-system, where that is called otherwise. */
  readonly account?: string | undefined;
  readonly watches: readonly WatchRule[];
  /** How long after a change its key is looked at, as informers and batching make it; ms, default 10. */
  readonly delayMs?: number | undefined;
  /** Its events are recorded as events.k8s.io does (eventTime, series), as the scheduler's are. */
  readonly eventsV1?: boolean | undefined;
  /** What else is to be done when the API server refused an action of its plan (an event, a condition). */
  refused?(view: View, key: string, action: Action, refusal: Status, now: number): readonly Action[];
  /** Who its actions are done as; by default its service account. */
  identity?(key: string): Identity;
  reconcile(view: View, key: string, now: number, random: Random): Plan;
}

/* ---- images and containers ------------------------------------------------------------------- */

/** A socket that a container's process has bound. `address` is "0.0.0.0", "127.0.0.1" or "::". */
export interface Listener {
  readonly address: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/** What a container's program can see of its world. */
export interface ProcessEnv {
  readonly now: number;
  readonly random: Random;
  readonly hostname: string;
  readonly podIP: string;
  readonly namespace: string;
  readonly podName: string;
  readonly image: string;
  /** command and args after the image's own entrypoint is applied. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Whether a Job waits for this container to end. */
  readonly ofJob?: boolean | undefined;
  readonly ports: readonly {
    readonly name?: string | undefined;
    readonly containerPort: number;
    readonly protocol: Protocol;
  }[];
  /** Files in the container (image, volumes, what exec wrote), or undefined. */
  readFile(path: string): string | undefined;
  /** Sends from this Pod through the network: how a front end calls its back ends. */
  send(host: string, port: number, request: Request): Traced<Delivery>;
}

/** One step of a program: its next state, what it wrote, whether it ended, when it wants the next step. */
export interface Turn {
  readonly state: Json;
  readonly log?: readonly string[] | undefined;
  readonly exitCode?: number | undefined;
  /** Virtual ms since the epoch. */
  readonly wakeAt?: number | undefined;
  /** All files it has written since the start, by path; they are added to the container's. */
  readonly files?: Readonly<Record<string, string>> | undefined;
}

/** An incoming request as the program gets it. */
export interface Incoming {
  readonly request: Request;
  readonly port: number;
  readonly sourceIP: string;
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
  start(env: ProcessEnv): Turn;
  turn(state: Json, env: ProcessEnv): Turn;
  listens(state: Json, env: ProcessEnv): readonly Listener[];
  serve(
    state: Json,
    incoming: Incoming,
    env: ProcessEnv,
  ): {
    readonly state: Json;
    readonly reply: Reply;
    readonly log?: readonly string[] | undefined;
    readonly latencyMs?: number | undefined;
  };
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
  /** Files written since the start, by path; null for a removed one. */
  readonly files: Readonly<Record<string, string | null>>;
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
}

/** Identifies an object in actions and events. */
export type { ObjectKey };
