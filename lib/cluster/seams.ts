import type {
  Answer,
  DeleteOptions,
  Json,
  KubeList,
  KubeObject,
  ListOptions,
  PatchOptions,
  PatchType,
  ResourceRef,
  Status,
  Stored,
  Table,
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
  /** Removes at the next revision, which the returned last state carries; the log keeps it as it was. */
  delete(key: string): Stored | undefined;
  /** Changes after `revision` under `prefix`; undefined when the log no longer reaches back so far. */
  since(revision: number, prefix: string): readonly Change[] | undefined;
  listen(listener: (change: Change) => void): () => void;
  /** A store that starts from the same contents and goes its own way; neither listeners nor the log follow. */
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
  table(
    ref: ResourceRef,
    namespace: string,
    options?: ListOptions & { readonly name?: string; readonly subresource?: string },
  ): Table;
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
  deleteCollection(
    ref: ResourceRef,
    namespace: string,
    options: DeleteOptions & ListOptions,
  ): KubeList<Stored>;
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
      readonly subresource?: 'status' | 'finalize' | 'scale' | undefined;
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
  /** How long the controller is at it: what changes meanwhile is looked at all at once, when that time is over. */
  readonly takesMs?: number | undefined;
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
  /** Who its events are from, when that is not its name. */
  readonly component?: string | undefined;
  readonly watches: readonly WatchRule[];
  /** How long after a change its key is looked at, as informers and batching make it; ms, default 10. */
  readonly delayMs?: number | undefined;
  /** Its events are recorded as events.k8s.io does (eventTime, series), as the scheduler's are. */
  readonly eventsV1?: boolean | undefined;
  /** The program it is part of, as `managedFields` name it; kube-controller-manager when left out. */
  readonly program?: string | undefined;
  /** What else is to be done when the API server refused an action of its plan (an event, a condition). */
  refused?(view: View, key: string, action: Action, refusal: Status, now: number): readonly Action[];
  /** Who its actions are done as; by default its service account. */
  identity?(key: string): Identity;
  reconcile(view: View, key: string, now: number, random: Random): Plan;
}

/* ---- images and containers ------------------------------------------------------------------- */

export type * from './container-seams';
/** Identifies an object in actions and events. */
