import { fillTemplate } from '../../../base';
import type { Incoming, ProcessEnv } from '../../seams';
import { type HttpRequest, slashTime } from '../http';
import { headerOf, splitPath } from '../programs/web-server';
import type { Called } from './call';

/** What a template can speak of beside its surroundings. */
export interface Occasion {
  readonly incoming?: Incoming | undefined;
  /** How many requests the route has had, this one included. */
  readonly count?: number | undefined;
  readonly calls?: readonly Called[] | undefined;
  readonly status?: number | undefined;
}

/** Fills in a template of an image's definition. */
export function fill(text: string, env: ProcessEnv, occasion: Occasion = {}): string {
  return text.includes('$') ? fillTemplate(text, (name) => placeValue(name, env, occasion)) : text;
}

function placeValue(name: string, env: ProcessEnv, occasion: Occasion): string | undefined {
  const [first = '', ...rest] = name.split('.');
  const second = rest.join('.');
  switch (first) {
    case 'env':
      return env.env[second];
    case 'file':
      return env.readFile(second)?.replace(/\n$/, '');
    case 'hostname':
      return env.hostname;
    case 'namespace':
      return env.namespace;
    case 'image':
      return env.image;
    case 'tag':
      return /:([\w][\w.-]*)$/.exec(env.image)?.[1] ?? 'latest';
    case 'time':
      return slashTime(env.now);
    case 'pod':
      return second === 'ip' ? env.podIP : env.podName;
    case 'status':
      return occasion.status === undefined ? undefined : String(occasion.status);
    case 'calls':
      return (occasion.calls ?? []).map(report).join('');
    case 'call':
      return ofCall(rest, occasion.calls ?? []);
    case 'request':
      return ofRequest(rest, occasion);
    default:
      return undefined;
  }
}

/** A hop in one line: who was asked, and what came of it. */
function report({ name, to, ok, status, error, ms }: Called): string {
  const outcome = ok ? `ok${status === undefined ? '' : ` (${status})`} in ${ms} ms` : `FAILED: ${error}`;
  return `${name.padEnd(10)} ${to}: ${outcome}\n`;
}

function ofCall([name, what]: readonly string[], calls: readonly Called[]): string | undefined {
  const call = calls.find((each) => each.name === name);
  switch (what) {
    case 'status':
      return call?.status === undefined ? '' : String(call.status);
    case 'body':
      return call?.body ?? '';
    case 'error':
      return call?.error ?? '';
    case 'ok':
      return call === undefined ? '' : String(call.ok);
    default:
      return call === undefined ? undefined : String(call.ms);
  }
}

function ofRequest([what, ...rest]: readonly string[], occasion: Occasion): string | undefined {
  const request = occasion.incoming?.request;
  const http: HttpRequest | undefined = request?.kind === 'http' ? request : undefined;
  const name = rest.join('.');
  switch (what) {
    case 'client':
      return occasion.incoming?.sourceIP;
    case 'count':
      return occasion.count === undefined ? undefined : String(occasion.count);
    case 'body':
      return request?.kind === 'bytes' ? request.text.trimEnd() : http?.body;
    case 'method':
      return http?.method;
    case 'host':
      return http?.host;
    case 'path':
      return http && splitPath(http.path).path;
    case 'header':
      return http && headerOf(http, name);
    case 'query':
      return http && splitPath(http.path).query[name];
    default:
      return undefined;
  }
}
