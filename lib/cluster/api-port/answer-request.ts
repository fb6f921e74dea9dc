import {
  type Answer,
  type KubeList,
  type KubeObject,
  methodNotAllowed,
  type Reply,
  StatusError,
  type Stored,
  serviceUnavailable,
} from '../../api';
import { getRaw } from '../client';
import { byteLength, reasonOf } from '../images/http';
import type { Identity } from '../seams';
import type { ApiServer, ServerApi } from '../server';
import { bodyOf, objectOf, patchTypeOf } from './body';
import { isProxied, proxied, type Reach } from './proxied';
import { type HttpRequest, header } from './request';
import { type Aimed, readTarget } from './target';
import { watched } from './watched';

type HttpReply = Extract<Reply, { kind: 'http' }>;

/** What the server says: a code, and either an object or a text that is to be sent as it is. */
interface Said {
  readonly code: number;
  readonly object?: object;
  readonly text?: string;
  readonly warnings?: readonly string[];
}

/** Answers one request that came over the network. */
export const answerRequest = (server: ApiServer, request: HttpRequest, reach: Reach): Reply =>
  answerAs(server, server.authenticate(credentialsOf(request)), request, reach);

/** Answers one request of somebody who is known. */
export function answerAs(
  server: ApiServer,
  identity: Identity | StatusError,
  request: HttpRequest,
  reach: Reach,
): Reply {
  const target = readTarget(request.path);
  if (identity instanceof StatusError || !target || !isProxied(target))
    return written(request, said(server, identity, request));
  try {
    return proxied(server.as(identity), server.as(OWN), target, request, reach);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return written(request, said(server, error, request));
  }
}

/** As whom the API server looks up where a proxied request goes. */
const OWN: Identity = { user: 'system:apiserver', groups: ['system:masters'] };

function said(server: ApiServer, identity: Identity | StatusError, request: HttpRequest): Said {
  try {
    if (identity instanceof StatusError) throw identity;
    return serve(server.as(identity), request);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { details, code, ...rest } = error.status;
    return { code, object: { ...rest, ...(details ? { details } : {}), code } };
  }
}

function credentialsOf(request: HttpRequest): { readonly token?: string } {
  const [scheme = '', token = ''] = (header(request, 'authorization') ?? '').trim().split(' ');
  return scheme.toLowerCase() === 'bearer' && token !== '' ? { token } : {};
}

function serve(api: ServerApi, request: HttpRequest): Said {
  const target = readTarget(request.path);
  const { method } = request;
  if (target === undefined) {
    if (method === 'GET' || method === 'HEAD') return { code: 200, text: getRaw(api, request.path) };
    api.requirePath(request.path.replace(/\?.*$/, ''), method.toLowerCase());
    throw methodNotAllowed();
  }
  switch (method) {
    case 'GET':
    case 'HEAD':
      return read(api, target);
    case 'POST':
      return create(api, target, request);
    case 'PUT':
      return update(api, target, request);
    case 'PATCH':
      return patch(api, target, request);
    case 'DELETE':
      return remove(api, target);
    default:
      throw methodNotAllowed();
  }
}

function read(api: ServerApi, { ref, namespace, name, subresource, query }: Aimed): Said {
  if (name !== undefined) {
    if (subresource === 'log') throw unavailable('logs are read with kubectl logs');
    return { code: 200, object: api.get(ref, namespace, name, subresource) };
  }
  if (query.watch) return { code: 200, text: watched(api, ref, namespace, query.list) };
  return { code: 200, object: listed(api.list(ref, namespace, query.list)) };
}

/** In a list, items do not say their kind again. */
function listed({ items, ...list }: KubeList<Stored>): object {
  return { ...list, items: items.map(({ kind: _kind, apiVersion: _version, ...item }) => item) };
}

/** As Go's structs have it: what an object is comes before what is in it. */
function ordered(object: object): object {
  const { kind, apiVersion, metadata, ...rest } = object as Partial<KubeObject>;
  return { kind, apiVersion, metadata, ...rest };
}

function create(api: ServerApi, target: Aimed, request: HttpRequest): Said {
  const { ref, namespace, name, subresource, query } = target;
  if (name !== undefined && subresource === undefined) throw methodNotAllowed();
  if (subresource === 'exec' || subresource === 'attach')
    throw unavailable('processes are started with kubectl exec');
  const object = objectOf(request);
  const aim = { ...(name === undefined ? {} : { name }), ...(subresource ? { subresource } : {}) };
  return answered(api.create(ref, namespace, object, { ...query.write, ...aim }), 201);
}

function update(
  api: ServerApi,
  { ref, namespace, name, subresource, query }: Aimed,
  request: HttpRequest,
): Said {
  if (name === undefined) throw methodNotAllowed();
  const object = objectOf(request);
  return answered(
    api.update(ref, namespace, object, { ...query.write, ...(subresource ? { subresource } : {}) }),
  );
}

function patch(
  api: ServerApi,
  { ref, namespace, name, subresource, query }: Aimed,
  request: HttpRequest,
): Said {
  if (name === undefined) throw methodNotAllowed();
  const type = patchTypeOf(request);
  const options = { ...query.write, ...(subresource ? { subresource } : {}) };
  return answered(api.patch(ref, namespace, name, type, bodyOf(request), options));
}

function remove(api: ServerApi, { ref, namespace, name, query }: Aimed): Said {
  if (name !== undefined) return answered(api.delete(ref, namespace, name, query.write));
  return { code: 200, object: api.deleteCollection(ref, namespace, { ...query.write, ...query.list }) };
}

const answered = ({ object, warnings, code }: Answer<KubeObject>, otherwise = 200): Said => ({
  code: code ?? otherwise,
  object,
  warnings,
});

/** What this port has not, told as such. */
const unavailable = (what: string): StatusError =>
  serviceUnavailable(`not served to clients inside the simulated network: ${what}`);

/** Clients to whose people JSON is shown as it comes (responsewriters: isPrettyPrint). */
const FOR_PEOPLE = /^(curl|Wget|Mozilla\/5\.0)/;

/** Discovery comes as one line, which people are shown in many. */
const shown = (text: string | undefined, indent: number | undefined): string | undefined =>
  indent !== undefined && text?.startsWith('{"kind":"API')
    ? JSON.stringify(JSON.parse(text), undefined, indent)
    : text;

function written(request: HttpRequest, { code, object, text, warnings = [] }: Said): HttpReply {
  const indent = FOR_PEOPLE.test(header(request, 'user-agent') ?? '') ? 2 : undefined;
  const whole = shown(text, indent) ?? `${JSON.stringify(object && ordered(object), undefined, indent)}\n`;
  const isJson = text === undefined || text.startsWith('{');
  const headers = [
    ['Cache-Control', 'no-cache, private'],
    ['Content-Type', isJson ? 'application/json' : 'text/plain; charset=utf-8'],
    ...warnings.map((each) => ['Warning', `299 - ${JSON.stringify(each)}`] as const),
    ['Content-Length', String(byteLength(whole))],
  ] as const;
  return {
    kind: 'http',
    status: code,
    reason: reasonOf(code),
    headers,
    body: request.method === 'HEAD' ? '' : whole,
  };
}
