/** A text with places to fill in: "${hostname}", "${env.NAME:-default}", "${call.NAME.status}". */
export type Template = string;

/** An image of a lab's own, as plain data: what its program listens on, answers, calls, logs, and how it fails. */
export interface ImageDefinition {
  /** Its repository: "shop/catalog", "ghcr.io/acme/api". */
  readonly image: string;
  /** The tags that exist; those that usually do when absent. Several definitions may share a repository by their tags. */
  readonly tags?: readonly string[] | undefined;
  readonly sizeBytes: number;
  readonly user?: string | undefined;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** What `exec` finds on PATH; "debian", "alpine" and "busybox" stand for what those bring. */
  readonly tools: readonly string[];
  readonly memoryBytes?: number | undefined;
  readonly start: StartDefinition;
  readonly listeners: readonly ListenerDefinition[];
  readonly stop: StopDefinition;
}

/** From the start of the process until it serves, or ends. */
export interface StartDefinition {
  /** Environment variables without which it ends at once. */
  readonly needs: readonly string[];
  readonly log: readonly Template[];
  /** How long it takes until it listens. */
  readonly takesMs: number;
  /** What it must reach first. */
  readonly calls: readonly CallDefinition[];
  /** How long it waits before it tries its calls again; without it a failed call ends it. */
  readonly retryMs?: number | undefined;
  /** What it logs once it listens. */
  readonly ready: readonly Template[];
  /** How it ends by itself, for one whose work is done then. */
  readonly exit?: ExitDefinition | undefined;
}

/** An end of the process. */
export interface ExitDefinition {
  readonly code: number;
  readonly afterMs: number;
  readonly log: readonly Template[];
}

/** What its stop signal does. */
export interface StopDefinition {
  /** It has no handler: the grace period passes, and it is killed. */
  readonly ignored: boolean;
  readonly takesMs: number;
  readonly exitCode: number;
  readonly log: readonly Template[];
}

/** A request of its own to another server. */
export interface CallDefinition {
  /** What replies call it by: "${call.NAME.status}". */
  readonly name: string;
  /** "http://backend:80/products", "https://…", "tcp://mysql-service:3306". */
  readonly to: Template;
  readonly method: string;
  readonly headers: Readonly<Record<string, Template>>;
  readonly body: Template;
  readonly timeoutMs: number;
  /** Statuses that count as success; those below 400 when absent. */
  readonly expect?: readonly number[] | undefined;
  /** Its failure is shown, but is none of the caller's. */
  readonly optional: boolean;
  /** It is made only while this environment variable is set. */
  readonly when?: string | undefined;
}

/** A socket and what speaks there. */
export interface ListenerDefinition {
  /** A number, or a template that gives one: "${env.PORT:-8080}". */
  readonly port: number | Template;
  readonly bind: string;
  readonly protocol: 'http' | 'https' | 'tcp' | 'udp';
  /** For HTTP: the first route that matches answers. */
  readonly routes: readonly RouteDefinition[];
  /** For TCP and UDP: the first exchange whose pattern is found in what was sent answers. */
  readonly exchanges: readonly ExchangeDefinition[];
  /** A line for every request answered. */
  readonly accessLog?: Template | undefined;
}

/** What befalls each request of a route or an exchange, beside its reply. */
export interface Behaviour {
  readonly delayMs: number;
  readonly calls: readonly CallDefinition[];
  readonly faults: readonly FaultDefinition[];
  readonly log: readonly Template[];
}

/** An HTTP route; `path` may end with "*". */
export interface RouteDefinition extends Behaviour {
  readonly method?: string | undefined;
  readonly path: string;
  readonly reply: HttpAnswer;
  /** The reply when a call failed that is not optional. */
  readonly failure: HttpAnswer;
}

/** A text sent over TCP or UDP, and what it is answered with. */
export interface ExchangeDefinition extends Behaviour {
  /** A regular expression. */
  readonly match: string;
  readonly reply: Template;
  readonly failure: Template;
}

/** An HTTP response. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, Template>>;
  readonly body: Template;
}

/** Something that goes wrong for some requests; the first that applies does. */
export interface FaultDefinition {
  /** Every n-th request. */
  readonly every?: number | undefined;
  /** With this probability, from 0 to 1. */
  readonly chance?: number | undefined;
  /** From the n-th request on, and up to the n-th. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** While this environment variable is set. */
  readonly when?: string | undefined;
  readonly delayMs?: number | undefined;
  readonly reply?: HttpAnswer | undefined;
  /** The connection is reset, closed without a word, or never answered. */
  readonly connection?: 'reset' | 'empty' | 'hang' | undefined;
  /** The process ends with this after its answer. */
  readonly exit?: number | undefined;
  /** Memory that each such request takes and never gives back. */
  readonly leakBytes?: number | undefined;
}
