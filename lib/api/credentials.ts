/** Whom a request asks to be taken for (the Impersonate-* headers). */
export interface Impersonation {
  readonly user?: string | undefined;
  readonly uid?: string | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** What a request brings to say who sends it. */
export interface Credentials {
  /** A bearer token. */
  readonly token?: string | undefined;
  readonly impersonate?: Impersonation | undefined;
}
