import { bodyOf } from '../random-body.test-support';
import { anything, many, word } from '../schema-values';
import { LIST_OPTIONS, queryOf } from './options.test-support';
import { headersOf, type Make, sending } from './sending.test-support';
import { anyKind, WRONG_NAMES } from './targets.test-support';

const ODD = [
  '/',
  '//',
  '/api',
  '/api/',
  '/apis',
  '/api/v1',
  '/api/v2',
  '/apis/apps',
  '/apis/apps/v2',
  '/apis/x.y/v1',
  '/apis/x.y/v1/things/a',
  '/api/v1/namespaces/',
  '/api/v1/namespaces/fuzz/pods//log',
  '/api/v1/watch/pods',
  '/api/v1/namespaces/fuzz/finalize',
  '/api/v1/namespaces/fuzz/namespaces/x',
  '/openapi/v2',
  '/openapi/v3',
  '/openapi/v3/api/v1',
  '/openapi/v3/apis/apps/v1?hash=x',
  '/openapi/v3/%',
  '/healthz',
  '/livez/ping',
  '/readyz?verbose&exclude=x',
  '/version',
  '/metrics',
  '/logs/',
  '/..%2f..%2fetc/passwd',
  '/%00',
  '/api/v1/pods/%2e%2e',
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  '/api/v1/componentstatuses',
  '/api/v1/replicationcontrollers',
  '*',
  '/?',
  '/#',
  '/api/v1/namespaces/%F0%9F%98%80/pods',
  '/api/v1/nodes/worker-1/proxy/x',
] as const;
const METHODS = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'REPORT',
] as const;

export const odd: Make = (draw) => {
  const spec = anyKind(draw);
  const segments = [
    '',
    ...many(draw, 6, () =>
      draw.pick([
        'api',
        'apis',
        'v1',
        'apps',
        'namespaces',
        'fuzz',
        spec.plural,
        'status',
        'scale',
        '',
        encodeURIComponent(word(draw)),
        draw.pick(WRONG_NAMES),
      ]),
    ),
  ];
  const path = draw.chance(50)
    ? draw.pick(ODD)
    : segments
        .join('/')
        .replaceAll(' ', '%20')
        .replaceAll(/[^!-~]/g, '%e4') || '/';
  const method = draw.pick(METHODS);
  const asked = {
    method,
    path: `${path}${path.includes('?') ? '' : queryOf(draw, LIST_OPTIONS, 1)}`,
    headers: headersOf(draw),
  };
  return ['POST', 'PUT', 'PATCH'].includes(method)
    ? sending(method, asked.path, bodyOf(draw, anything(draw)), draw)
    : asked;
};
