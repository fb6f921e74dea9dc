import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../app-error';
import { busyPageSeconds } from '../busy-retry';
import { isStarved } from '../database';
import { log } from '../log';
import { type RequestContext, requestContext } from './request-context';

/** What somebody is told who came when there was more to do than can be done. */
export const BUSY_WORDS =
  'Too many people are here at once. Nothing of yours is lost: try again in a moment.';

/** The error by which `error` is told outside: "busy" when the database had no connection free, else itself. */
export function asBusy(error: unknown): unknown {
  if (!isStarved(error)) return error;
  const context = requestContext();
  if (context !== undefined) context.starved = true;
  return new AppError('busy', BUSY_WORDS, { cause: error });
}

/** The same services, whose failures for want of a connection are told as "busy". Each part is wrapped once. */
export function tellingBusy<T extends object>(services: T): T {
  const wrapped = new WeakMap<object, unknown>();
  return new Proxy(services, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name);
      if (!isCall(found) && !isFolder(found)) return found;
      const known = wrapped.get(found);
      if (known !== undefined) return known;
      const fresh = isCall(found) ? callOf(found, target) : tellingBusy(found);
      wrapped.set(found, fresh);
      return fresh;
    },
  });
}

type Call = (...rest: readonly unknown[]) => unknown;

const isCall = (found: unknown): found is Call => typeof found === 'function';

/** Services in services. */
const isFolder = (found: unknown): found is object =>
  typeof found === 'object' && found !== null && !(found instanceof Promise);

function callOf(service: Call, owner: object): Call {
  return (...rest) => {
    const result: unknown = Reflect.apply(service, owner, rest);
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw asBusy(error);
    });
  };
}

/** Answers 503: to a browser that asked for a page, with one that asks again by itself. */
export function answerBusy(
  request: IncomingMessage,
  response: ServerResponse,
  raw: Pick<ServerResponse, 'writeHead' | 'end'> = response,
): void {
  log('warn', 'too-busy', { url: request.url });
  const seconds = busyPageSeconds();
  for (const name of ['Content-Length', 'Content-Encoding', 'ETag', 'Vary']) response.removeHeader(name);
  const isPage = (request.headers.accept ?? '').includes('text/html');
  raw.writeHead(503, {
    'Retry-After': String(seconds),
    'Cache-Control': 'no-store',
    'Content-Type': `text/${isPage ? 'html' : 'plain'}; charset=utf-8`,
  });
  raw.end(isPage ? busyPage(request.method === 'GET' ? seconds : undefined) : `${BUSY_WORDS}\n`);
}

/** Without a file of its own to load: whatever it asked for would be waited for as well. */
function busyPage(retrySeconds: number | undefined): string {
  const [refresh, next] =
    retrySeconds === undefined
      ? ['', 'What you sent was not taken. Go back and send it again in a moment.']
      : [
          `<meta http-equiv="refresh" content="${retrySeconds}">`,
          `This page tries again by itself in ${retrySeconds} seconds.`,
        ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Too busy for a moment · Portside</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:12vh auto 0;padding:0 1.5rem}</style>
</head><body><main><h1>Too busy for a moment</h1><p>${BUSY_WORDS}</p><p>${next}</p></main></body></html>
`;
}

/**
 * Next tells every failure of a page as 500. Where the request's answer failed for want of a connection, 503 is said
 * instead, and what Next writes is dropped.
 */
export function sayBusyInstead(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): void {
  const raw = {
    writeHead: response.writeHead.bind(response),
    write: response.write.bind(response),
    end: response.end.bind(response),
    flushHeaders: response.flushHeaders.bind(response),
  };
  let said = false;
  const saysBusy = (status: number): boolean => {
    if (said) return true;
    if (context.starved !== true || status < 500 || response.headersSent) return false;
    said = true;
    answerBusy(request, response, raw);
    return true;
  };
  const afterwards = (args: readonly unknown[]) => {
    for (const done of args) if (typeof done === 'function') queueMicrotask(() => done());
  };
  Object.assign(response, {
    writeHead: (status: number, ...rest: never[]) =>
      saysBusy(status) ? response : raw.writeHead(status, ...rest),
    write(...rest: Parameters<ServerResponse['write']>) {
      if (!saysBusy(response.statusCode)) return raw.write(...rest);
      afterwards(rest);
      return true;
    },
    end(...rest: Parameters<ServerResponse['end']>) {
      if (!saysBusy(response.statusCode)) return raw.end(...rest);
      afterwards(rest);
      return response;
    },
    flushHeaders() {
      if (!saysBusy(response.statusCode)) raw.flushHeaders();
    },
  });
}
