import type { Workspace } from '../../../workspace';
import type { Draw } from '../draw';
import type { Sent } from '../send.test-support';

const ACCEPTS = [
  'application/json',
  'application/yaml',
  '*/*',
  'application/json;as=Table;g=meta.k8s.io;v=v1',
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  'application/vnd.kubernetes.protobuf,application/json',
  'application/vnd.kubernetes.protobuf',
  'application/json;stream=watch',
  'text/html',
  'application/json;q=0.5,application/yaml;q=x',
  'application/json;as=Table;g=;v=',
  ';;;',
  ',',
  '/',
  'application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io',
  '\u00ff',
] as const;

const AUTHORIZATIONS = [
  'Bearer a.b.c',
  'Bearer ',
  'Bearer',
  'Basic YTpi',
  'Bearer eyJhbGciOiJub25lIn0.e30.',
  'x',
  'Bearer \u00ff',
] as const;

/** Headers that say who asks and what is taken; mostly none. */
export function headersOf(draw: Draw): Readonly<Record<string, string>> {
  return {
    ...(draw.chance(10) ? { accept: draw.pick(ACCEPTS) } : {}),
    ...(draw.chance(2) ? { authorization: draw.pick(AUTHORIZATIONS) } : {}),
    ...(draw.chance(2)
      ? {
          'impersonate-user': draw.pick([
            'jane',
            '',
            'system:serviceaccount:fuzz:default',
            'system:node:x',
            '\u00e4',
          ]),
        }
      : {}),
    ...(draw.chance(1) ? { 'impersonate-uid': 'x', 'impersonate-extra-%zz': 'y' } : {}),
    ...(draw.chance(2) ? { 'accept-encoding': draw.pick(['gzip', 'br', '*', 'identity;q=0']) } : {}),
    ...(draw.chance(2) ? { 'if-none-match': draw.pick(['"x"', '*', '']) } : {}),
    ...(draw.chance(2)
      ? { 'user-agent': draw.pick(['curl/8', '', 'x'.repeat(300), 'Mozilla/5.0', 'a\u00ffb/1']) }
      : {}),
    ...(draw.chance(1)
      ? { 'kubectl-command': draw.pick(['kubectl apply', '\u00ff']), 'kubectl-session': 'x' }
      : {}),
  };
}

export function sending(
  method: string,
  path: string,
  { bytes, headers }: { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> },
  draw: Draw,
): Sent {
  return { method, path, headers: { ...headersOf(draw), ...headers }, body: bytes };
}

export type Make = (draw: Draw, workspace: Workspace) => Sent;
