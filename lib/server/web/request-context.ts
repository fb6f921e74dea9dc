import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Identity } from '../accounts';

/** What is known of a request for as long as its answer is being made. */
export interface RequestContext {
  /** It changes nothing. */
  readonly reads: boolean;
  /** Who sent it, as that was found last. */
  known?: KnownSender;
  /** Something that its answer needed could not be had: the database was too busy. */
  starved?: boolean;
}

/** Who sent a request. */
export interface KnownSender {
  /** The cookies by which it was found. */
  readonly cookies: string | undefined;
  readonly identity: Promise<Identity>;
  /** Ms since the process began, after which it is asked anew. */
  readonly until: number;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** Does `work`, and all that comes of it, in a request's context, which it is given. */
export function inRequest<T>(request: IncomingMessage, work: (context: RequestContext) => T): T {
  const context = { reads: request.method === 'GET' || request.method === 'HEAD' };
  return contexts.run(context, () => work(context));
}

/** The context of the request that this is done for; undefined for what no request asked for. */
export function requestContext(): RequestContext | undefined {
  return contexts.getStore();
}
