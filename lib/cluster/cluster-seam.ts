import type {
  Client,
  CloudApi,
  CloudProvider,
  Credentials,
  Executable,
  Faults,
  FileChanges,
  ImageDefinition,
  Json,
  KubeObject,
  Network,
  Reply,
  Request,
  SignalName,
  StatusError,
  View,
} from '../api';
import type { Clock, ProcessStreams, Random } from '../base';
import type { Identity } from './seams';

/** What a cluster is made of. */
export interface ClusterOptions {
  readonly nodes: number;
  /** 'any': an image of no catalogue runs a program that listens on its declared ports. */
  readonly images: 'catalogue' | 'any';
  /** Images of a lab's own, which come before the catalogue's. */
  readonly ownImages?: readonly ImageDefinition[] | undefined;
  /** Where its machines stand: on premises ('none', when left out), or in an AWS account as kops sets it up. */
  readonly cloud?: CloudProvider | undefined;
  /** How many objects it may hold, `OBJECT_LIMIT` when left out: what etcd's quota is to a real cluster. */
  readonly objectLimit?: number | undefined;
}

/** The inside of a running container, for `exec`. */
export interface ContainerInside {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly hostname: string;
  /** Files of the image and those the kubelet writes (/etc/hosts, /etc/resolv.conf). */
  readonly imageFiles: () => Readonly<Record<string, string>>;
  /** Volumes by mount path. */
  readonly mounts: () => readonly ContainerMount[];
  /** What processes wrote since the container started; see `ContainerRecord.files`. */
  readonly written: () => FileChanges;
  /** Keeps what processes wrote: what lies in a volume there, the rest with the container. */
  readonly keepWritten: (written: FileChanges) => void;
  readonly environment: Readonly<Record<string, string>>;
  /** What the main process was started with. */
  readonly command: readonly string[];
  /** Commands on PATH. */
  readonly tools: readonly string[];
  /** Programs on PATH that the image brings itself. */
  readonly executables: Readonly<Record<string, Executable>>;
  /** Sends a signal to the main process. */
  readonly signal: (name: SignalName) => void;
}

/** One volume as mounted; the files' paths are relative to `path`, a single file's is empty. */
export interface ContainerMount {
  readonly path: string;
  readonly readOnly: boolean;
  readonly files: Readonly<Record<string, string>>;
}

/** Runs a process inside a container; given by whoever owns shells. Resolves with its exit code. */
export type RunInside = (
  inside: ContainerInside,
  argv: readonly string[],
  streams: ProcessStreams,
) => Promise<number>;

/** What a cluster borrows from its workspace. */
export interface ClusterPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly runInside: RunInside;
}

/** One object came, changed or went. */
export interface ObjectChange {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: string;
  readonly object: KubeObject;
}

/** A simulated Kubernetes cluster on somebody else's clock. */
export interface Cluster {
  readonly view: View;
  readonly network: Network;
  /** The API of the cloud that it stands in; undefined on premises. */
  readonly cloud: CloudApi | undefined;
  /** Breaking and mending on purpose, for labs and graders. */
  readonly faults: Faults;
  client(identity: Identity): Client;
  /**
   * Who sends what comes with such credentials: a token's owner, else `own` (whom the connection itself vouches for),
   * else `system:anonymous`; or whom that one may impersonate. A refusal is a 401, 403 or 500.
   */
  authenticate(credentials: Credentials, own?: Identity): Identity | StatusError;
  /** What the API server answers to one HTTP request of such a one: whole, and at once. */
  answer(credentials: Credentials, own: Identity, request: Extract<Request, { kind: 'http' }>): Reply;
  /** When pending work is next due, in virtual ms. */
  readonly nextDue: number | undefined;
  /** Does everything due by the clock's now. */
  runDue(): void;
  onChange(listener: (change: ObjectChange) => void): () => void;
  /** The same cluster under another clock and chance, going its own way; O(1). */
  fork(ports: ClusterPorts): Cluster;
  /** The same cluster with images of a lab's own, held and not yet run; O(1). */
  withImages(images: readonly ImageDefinition[], ports: ClusterPorts): Cluster;
  /** All of its state as JSON. */
  snapshot(): Json;
}
