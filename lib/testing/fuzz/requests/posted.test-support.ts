import { kinds } from '../../../api';
import { changed } from '../change-value';
import { bodyOf, deleteOptions } from '../random-body.test-support';
import { anything, many, word } from '../schema-values';
import { queryOf, WRITE_OPTIONS } from './options.test-support';
import { type Make, sending } from './sending.test-support';
import { anObject, NAMESPACE } from './targets.test-support';

/** POST to a subresource: bindings, evictions, tokens. */
export const posted: Make = (draw, workspace) => {
  const [plural, subresource, kind, apiVersion] = draw.pick([
    ['pods', 'eviction', 'Eviction', 'policy/v1'],
    ['pods', 'binding', 'Binding', 'v1'],
    ['serviceaccounts', 'token', 'TokenRequest', 'authentication.k8s.io/v1'],
    ['pods', 'exec', '', ''],
    ['pods', 'portforward', '', ''],
  ] as const);
  const spec = kinds.find((each) => each.plural === plural && each.group === '');
  const name = (spec && anObject(draw, workspace, spec)?.metadata.name) ?? 'a';
  const body = {
    apiVersion,
    kind,
    metadata: { name: draw.chance(90) ? name : word(draw) },
    ...(kind === 'Binding'
      ? {
          target: draw.chance(80)
            ? { kind: draw.pick(['Node', '', 'Pod']), name: draw.pick(['worker-1', 'x', '']) }
            : anything(draw),
        }
      : {}),
    ...(kind === 'TokenRequest'
      ? {
          spec: draw.chance(80)
            ? {
                audiences: many(draw, 2, () => word(draw)),
                expirationSeconds: draw.pick([600, 3600, 0, -1, 1e10]),
                boundObjectRef: draw.pick([null, { kind: 'Pod', apiVersion: 'v1', name }, { kind: 'x' }]),
              }
            : anything(draw),
        }
      : {}),
    ...(kind === 'Eviction' && draw.chance(40) ? { deleteOptions: deleteOptions(draw) } : {}),
  };
  const path = `/api/v1/namespaces/${NAMESPACE}/${plural}/${encodeURIComponent(name)}/${subresource}${queryOf(draw, [...WRITE_OPTIONS, 'command', 'container'], 1)}`;
  return sending('POST', path, bodyOf(draw, draw.chance(10) ? changed(draw, body, undefined) : body), draw);
};
