import type { ApiResource } from '../resources';
import { capital, groupWords } from './group-words';
import {
  ANY,
  creating,
  type GroupVersionKind,
  type Method,
  type Operation,
  patching,
  type Route,
  reading,
  replacing,
} from './operation';

interface Spoken {
  readonly type: string;
  readonly gvk: GroupVersionKind;
}

/** Subresources that speak another kind than the object's own. */
export const SPOKEN: Readonly<Record<string, Spoken>> = {
  binding: { type: 'Binding', gvk: { group: '', version: 'v1', kind: 'Binding' } },
  eviction: { type: 'Eviction', gvk: { group: 'policy', version: 'v1', kind: 'Eviction' } },
  scale: { type: 'Scale', gvk: { group: 'autoscaling', version: 'v1', kind: 'Scale' } },
  token: {
    type: 'TokenRequest',
    gvk: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
  },
};

const TWO_WAYS: readonly Method[] = ['get', 'post'];
const ALL_WAYS: readonly Method[] = ['delete', 'get', 'head', 'options', 'patch', 'post', 'put'];
const STREAMS = ['container', 'stderr', 'stdin', 'stdout', 'tty'] as const;

/** Subresources that join the client to a container or a server: the options kind's middle, the parameters, the methods. */
const CONNECTED: Readonly<
  Record<
    string,
    { readonly options: string; readonly parameters: readonly string[]; readonly methods: readonly Method[] }
  >
> = {
  attach: { options: 'Attach', parameters: STREAMS, methods: TWO_WAYS },
  exec: { options: 'Exec', parameters: ['command', ...STREAMS], methods: TWO_WAYS },
  portforward: { options: 'PortForward', parameters: ['ports'], methods: TWO_WAYS },
  proxy: { options: 'Proxy', parameters: ['path'], methods: ALL_WAYS },
};

const LOG_PARAMETERS = [
  'container',
  'follow',
  'insecureSkipTLSVerifyBackend',
  'limitBytes',
  'pretty',
  'previous',
  'sinceSeconds',
  'stream',
  'tailLines',
  'timestamps',
] as const;

/** The paths below an object's own. */
export function subresourceRoutes(
  resource: ApiResource,
  objectPath: string,
  noun: string,
  type: string,
): readonly Route[] {
  const { kind } = resource;
  const { tag } = groupWords(resource.group, resource.version);
  return resource.subresources.flatMap((name): readonly Route[] => {
    const path = `${objectPath}/${name}`;
    if (!CONNECTED[name]) return [{ path, kind, tag, operations: plain(resource, name, noun, type) }];
    const route = { path, kind, tag, operations: connecting(resource, name, noun, '') };
    if (name !== 'proxy') return [route];
    return [
      route,
      { ...route, path: `${path}/{path}`, operations: connecting(resource, name, noun, 'WithPath') },
    ];
  });
}

function plain(resource: ApiResource, name: string, noun: string, type: string): readonly Operation[] {
  const { group, version, kind } = resource;
  const { type: spoken, gvk } = SPOKEN[name] ?? { type, gvk: { group, version, kind } };
  const id = `${groupWords(group, version).id}${noun}${capital(name)}`;
  const of = `${name} of the specified ${kind}`;
  const read = { ...reading(`read${id}`, `read ${of}`, spoken), gvk };
  const replace = { ...replacing(`replace${id}`, `replace ${of}`, spoken), gvk };
  switch (name) {
    case 'log':
      return [{ ...read, parameters: LOG_PARAMETERS, produces: ['text/plain'], answers: { 200: 'string' } }];
    case 'binding':
    case 'eviction':
    case 'token':
      return [{ ...creating(`create${id}`, `create ${name} of a ${kind}`, spoken), gvk }];
    case 'finalize':
      return [replace];
    default:
      return [read, replace, { ...patching(`patch${id}`, `partially update ${of}`, spoken), gvk }];
  }
}

function connecting(
  { group, version, kind }: ApiResource,
  name: string,
  noun: string,
  tail: string,
): readonly Operation[] {
  const { options = '', parameters = [], methods = [] } = CONNECTED[name] ?? {};
  const gvk = { group: '', version: 'v1', kind: `${kind}${options}Options` };
  return methods.map((method) => ({
    method,
    id: `connect${groupWords(group, version).id}${capital(method)}${noun}${capital(name)}${tail}`,
    description: `connect ${method.toUpperCase()} requests to ${name} of ${kind}`,
    action: 'connect',
    gvk,
    parameters,
    consumes: ANY,
    produces: ANY,
    answers: { 200: 'string' },
  }));
}
