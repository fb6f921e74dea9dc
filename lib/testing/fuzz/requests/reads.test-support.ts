import { LIST_OPTIONS, LOG_OPTIONS, queryOf } from './options.test-support';
import { headersOf, type Make } from './sending.test-support';
import { anObject, anyKind, collectionPath, NAMESPACE, someName } from './targets.test-support';

export const listed: Make = (draw) => {
  const spec = anyKind(draw);
  const everywhere = spec.namespaced && draw.chance(20);
  const path = everywhere
    ? `${spec.group === '' ? '/api/v1' : `/apis/${spec.group}/${spec.version}`}/${spec.plural}`
    : collectionPath(draw, spec, draw.chance(95) ? NAMESPACE : someName(draw));
  return {
    method: draw.chance(95) ? 'GET' : 'HEAD',
    path: `${path}${queryOf(draw, LIST_OPTIONS, 4)}`,
    headers: headersOf(draw),
  };
};

export const read: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const name = draw.chance(70)
    ? (anObject(draw, workspace, spec)?.metadata.name ?? someName(draw))
    : someName(draw);
  const subresource = draw.chance(30) && spec.subresources.length > 0 ? draw.pick(spec.subresources) : '';
  const options =
    subresource === 'log'
      ? LOG_OPTIONS
      : ['exec', 'attach', 'portforward'].includes(subresource)
        ? ['command', 'container', 'stdin']
        : ['pretty', 'resourceVersion', 'includeObject', 'export'];
  const path = `${collectionPath(draw, spec, NAMESPACE)}/${name}${subresource === '' ? '' : `/${subresource}`}${queryOf(draw, options)}`;
  return { method: 'GET', path, headers: headersOf(draw) };
};
