import type { DistinguishedName, Reply, Request } from '../../api';

/** An HTTP request as a site sees it. */
export type SiteRequest = Extract<Request, { kind: 'http' }>;
/** What a site answers, before it is headed. */
export interface SiteAnswer {
  readonly status: number;
  readonly type?: string | undefined;
  readonly body: string;
  readonly headers?: Extract<Reply, { kind: 'http' }>['headers'] | undefined;
}

/** A web site of the world outside, for one or more host names that share machines. */
export interface Site {
  readonly hosts: readonly string[];
  /** What its certificate is for; those of its hosts when absent. */
  readonly certifiedFor?: readonly string[] | undefined;
  readonly issuer: DistinguishedName;
  /** Its Server header. */
  readonly server: string;
  /** Whether plain HTTP is only sent on to HTTPS. */
  readonly secureOnly: boolean;
  answer(path: string, request: SiteRequest, clientIP: string): SiteAnswer | undefined;
}
