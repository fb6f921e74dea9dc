/** What nginx serves by, as the controller last wrote it: plain data. */
export interface Configuration {
  /** By host name; the one of all other hosts is "_". */
  readonly servers: Readonly<Record<string, Server>>;
  readonly upstreams: Readonly<Record<string, Upstream>>;
  readonly globals: Globals;
}

/** Settings of the controller's ConfigMap. */
export interface Globals {
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly redirectCode: number;
  readonly hsts: string | undefined;
  readonly useForwardedHeaders: boolean;
  readonly useHttp2: boolean;
}

/** A server block. */
export interface Server {
  readonly host: string;
  readonly aliases: readonly string[];
  /** Certificates in PEM; a host without any is answered with the default server's. */
  readonly chain?: string | undefined;
  /** The Secret that they are from. */
  readonly secret?: { readonly namespace: string; readonly name: string } | undefined;
  /** In nginx' order: the longest path first. */
  readonly locations: readonly Location[];
}

/** A location block. */
export interface Location {
  /** As nginx has it: a prefix ends with "/" where the Ingress' path did not. */
  readonly path: string;
  /** As the Ingress has it. */
  readonly ingressPath: string;
  readonly type: 'Exact' | 'Prefix';
  readonly upstream: string;
  readonly isDefault: boolean;
  /** The Ingress behind it, and which of its fields. */
  readonly origin?: { readonly namespace: string; readonly name: string; readonly field: string } | undefined;
  readonly settings: Settings;
}

/** What annotations make of a location. */
export interface Settings {
  readonly rewriteTarget?: string | undefined;
  readonly useRegex: boolean;
  readonly sslRedirect: boolean;
  readonly forceSslRedirect: boolean;
  readonly appRoot?: string | undefined;
  readonly redirect?: { readonly code: number; readonly url: string } | undefined;
  readonly upstreamVhost?: string | undefined;
  readonly secureBackend: boolean;
  readonly serviceUpstream: boolean;
  readonly allow: readonly string[];
  readonly deny: readonly string[];
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  readonly bodyBytes: number;
  readonly forwardedPrefix?: string | undefined;
  readonly preserveTrailingSlash: boolean;
  readonly aliases: readonly string[];
  /** Another Service that answers while the Ingress' own has no endpoints. */
  readonly defaultBackend?: string | undefined;
}

/** An upstream: "namespace-service-port". */
export interface Upstream {
  readonly name: string;
  readonly service?: { readonly namespace: string; readonly name: string } | undefined;
  readonly endpoints: readonly Endpoint[];
  /** The cluster IP stands for all endpoints. */
  readonly byClusterIP: boolean;
}

/** Where an upstream sends to. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** "namespace/name" of the Pod. */
  readonly pod?: string | undefined;
}

/** The server of all hosts that have none, the upstream behind it, and where that is. */
export const DEFAULT_SERVER = '_';
export const DEFAULT_UPSTREAM = 'upstream-default-backend';
