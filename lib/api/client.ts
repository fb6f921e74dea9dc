import type { Cancel, ProcessStreams } from '../base';
import type { Credentials } from './credentials';
import type { KubeList, KubeObject, Stored } from './objects';
import type { ApiResource, ResourceRef } from './resources';
import type { Table } from './table';
import type { VersionInfo } from './version';

/** A namespace; '' means all namespaces (lists and watches) or a cluster-scoped kind. */
export type NamespaceName = string;

export interface ListOptions {
  /** The query parameter's text, e.g. "app=web,tier!=db". */
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  readonly resourceVersion?: string | undefined;
  /** Lists only: the state at exactly that version, or any that is not older. */
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan' | undefined;
}

export interface WatchOptions extends ListOptions {
  readonly allowWatchBookmarks?: boolean | undefined;
  readonly sendInitialEvents?: boolean | undefined;
  /** Called once the watch stands: until then it may be refused like any other request. */
  readonly onStart?: (() => void) | undefined;
  readonly cancel: Cancel;
}

export interface WriteOptions {
  /** dryRun=All. */
  readonly dryRun?: boolean | undefined;
  readonly fieldManager?: string | undefined;
  readonly fieldValidation?: 'Ignore' | 'Warn' | 'Strict' | undefined;
  /**
   * What is wrong with the text that the body was read from (`duplicate field "spec.type"`): refused, told or passed over
   * with unknown fields, as `fieldValidation` says.
   */
  readonly strictErrors?: readonly string[] | undefined;
  /** "status", "scale", "eviction", "binding", "token" … */
  readonly subresource?: string | undefined;
}

export interface PatchOptions extends WriteOptions {
  /** Server-side apply: take over other managers' fields. */
  readonly force?: boolean | undefined;
}

export interface DeleteOptions {
  readonly dryRun?: boolean | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground' | undefined;
  readonly preconditions?:
    | { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined }
    | undefined;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** One event of a watch; an ERROR's object is a `Status`. */
export interface WatchEvent<T = KubeObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

export interface LogOptions {
  readonly container?: string | undefined;
  readonly follow?: boolean | undefined;
  readonly previous?: boolean | undefined;
  readonly tailLines?: number | undefined;
  readonly sinceSeconds?: number | undefined;
  readonly sinceTime?: string | undefined;
  readonly timestamps?: boolean | undefined;
  readonly limitBytes?: number | undefined;
  /** As a watch's. */
  readonly onStart?: (() => void) | undefined;
  readonly cancel: Cancel;
}

/** The streams of a process started inside a container. */
export type ExecStreams = ProcessStreams;

/** Both directions of a connection to a Pod's port. */
export type ForwardStreams = Pick<ProcessStreams, 'stdin' | 'stdout' | 'cancel'>;

export interface ExecOptions {
  /** '' means the default container. */
  readonly container: string;
  readonly command: readonly string[];
}

export type AttachOptions = Pick<ExecOptions, 'container'>;

/** An answer and the `Warning` headers that came with it. */
export interface Answer<T> {
  readonly object: T;
  readonly warnings: readonly string[];
  /** 201 for created, 202 for accepted deletes, else 200. */
  readonly code: number;
}

/**
 * A Kubernetes API as one identity sees it, in process or over HTTP: nobody can tell which.
 * Every refusal is a rejected promise with a `StatusError`.
 */
export interface Client {
  get(ref: ResourceRef, namespace: NamespaceName, name: string, subresource?: string): Promise<Stored>;
  list(ref: ResourceRef, namespace: NamespaceName, options?: ListOptions): Promise<KubeList<Stored>>;
  /** The same as `get` (when `name` is given) or `list`, as a table made by the server. */
  table(
    ref: ResourceRef,
    namespace: NamespaceName,
    options?: ListOptions & { readonly name?: string; readonly subresource?: string },
  ): Promise<Table>;
  /** The warnings that come with every answer about a resource, reads and watches too: what is deprecated about it. */
  warningsOf(ref: ResourceRef): Promise<readonly string[]>;
  /** Ends when `cancel` comes or the server closes the watch; a 410 arrives as an ERROR event. */
  watch(ref: ResourceRef, namespace: NamespaceName, options: WatchOptions): AsyncIterable<WatchEvent>;
  /** A watch whose objects are one-row tables (column definitions in the first only). */
  watchTable(
    ref: ResourceRef,
    namespace: NamespaceName,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent<Table>>;
  /** `namespace` and the object's own must agree; `name` is only for subresources such as pods/x/eviction. */
  create(
    ref: ResourceRef,
    namespace: NamespaceName,
    object: KubeObject,
    options?: WriteOptions & { readonly name?: string },
  ): Promise<Answer<Stored>>;
  update(
    ref: ResourceRef,
    namespace: NamespaceName,
    object: KubeObject,
    options?: WriteOptions,
  ): Promise<Answer<Stored>>;
  patch(
    ref: ResourceRef,
    namespace: NamespaceName,
    name: string,
    type: PatchType,
    body: unknown,
    options?: PatchOptions,
  ): Promise<Answer<Stored>>;
  /** The object deleted, or still there under a finalizer or grace period (code 200), or a Status. */
  delete(
    ref: ResourceRef,
    namespace: NamespaceName,
    name: string,
    options?: DeleteOptions,
  ): Promise<Answer<KubeObject>>;
  /** What was listed and then deleted. */
  deleteCollection(
    ref: ResourceRef,
    namespace: NamespaceName,
    options: DeleteOptions & ListOptions,
  ): Promise<KubeList<Stored>>;
  /** A container's log, in pieces as it grows when followed. */
  logs(namespace: string, pod: string, options: LogOptions): AsyncIterable<string>;
  /**
   * Asks to be connected with a container ('' is the default one) without doing so yet; what the API server itself has
   * against it is a refusal, what the node has comes from the calls below.
   */
  connect(
    namespace: string,
    pod: string,
    subresource: 'exec' | 'attach' | 'portforward',
    container: string,
  ): Promise<void>;
  /** Runs a process in a container; resolves with its exit code. */
  exec(namespace: string, pod: string, options: ExecOptions, streams: ExecStreams): Promise<number>;
  /** Shows what a container's program writes from now on; resolves when it has ended. */
  attach(namespace: string, pod: string, options: AttachOptions, streams: ExecStreams): Promise<void>;
  /**
   * One connection to a port inside a Pod's own network; a character of its streams is a byte. Resolves when it is over;
   * the node's refusal, where nobody listens there, is in the container runtime's words.
   */
  forward(namespace: string, pod: string, port: number, streams: ForwardStreams): Promise<void>;
  /** Every resource served, preferred versions first, in discovery's order. */
  resources(): Promise<readonly ApiResource[]>;
  version(): Promise<VersionInfo>;
  /** GET of a raw path ("/readyz"), as `kubectl get --raw` does. */
  raw(path: string): Promise<string>;
  /** The same API for a token's owner, or for whom this client's user may impersonate; each request asks anew. */
  as(credentials: Credentials): Client;
}
