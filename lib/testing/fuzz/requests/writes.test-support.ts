import type { KindSpec, KubeObject } from '../../../api';
import type { Draw } from '../draw';
import { manifestOf } from '../manifests';
import { bodyOf, deleteOptions, protobufOf } from '../random-body.test-support';
import { mutated } from './mutated.test-support';
import { DELETE_OPTIONS, LIST_OPTIONS, queryOf, WRITE_OPTIONS } from './options.test-support';
import { PATCHES, patchOf } from './patches.test-support';
import { headersOf, type Make, sending } from './sending.test-support';
import { anObject, anyKind, apiVersionOf, collectionPath, NAMESPACE, someName } from './targets.test-support';

function namedObject(draw: Draw, object: KubeObject, spec: KindSpec, name: string): unknown {
  const named = {
    ...object,
    metadata: { ...object.metadata, ...(draw.chance(5) ? { generateName: 'g-' } : { name }) },
  };
  return mutated(draw, named, spec);
}

export const created: Make = (draw) => {
  const spec = anyKind(draw);
  const base = collectionPath(draw, spec, NAMESPACE);
  const path = `${base}${queryOf(draw, WRITE_OPTIONS, 1)}`;
  if (draw.chance(12)) return sending('POST', path, protobufOf(draw, apiVersionOf(spec), spec.kind), draw);
  const object = namedObject(draw, manifestOf(apiVersionOf(spec), spec.kind), spec, someName(draw));
  return sending('POST', path, bodyOf(draw, object), draw);
};

export const replaced: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const known = anObject(draw, workspace, spec) ?? manifestOf(apiVersionOf(spec), spec.kind);
  const name = known.metadata.name ?? someName(draw);
  const subresource =
    draw.chance(20) && spec.subresources.length > 0 ? `/${draw.pick(spec.subresources)}` : '';
  const path = `${collectionPath(draw, spec, NAMESPACE)}/${encodeURIComponent(name)}${subresource}${queryOf(draw, WRITE_OPTIONS, 1)}`;
  if (draw.chance(5)) return sending('PUT', path, protobufOf(draw, apiVersionOf(spec), spec.kind), draw);
  const { resourceVersion: _, ...unversioned } = known.metadata;
  const object = draw.chance(50) ? known : { ...known, metadata: unversioned };
  return sending('PUT', path, bodyOf(draw, mutated(draw, object, spec)), draw);
};

export const patched: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const known = anObject(draw, workspace, spec);
  const type = draw.pick(PATCHES);
  const name = type.includes('apply') || !known ? someName(draw) : (known.metadata.name ?? 'a');
  const subresource =
    draw.chance(15) && spec.subresources.length > 0 ? `/${draw.pick(spec.subresources)}` : '';
  const query = queryOf(draw, [...WRITE_OPTIONS, 'force'], 2);
  const manager =
    type.includes('apply') && draw.chance(90)
      ? `${query === '' ? '?' : '&'}fieldManager=${draw.pick(['one', 'two'])}`
      : '';
  const path = `${collectionPath(draw, spec, NAMESPACE)}/${encodeURIComponent(name)}${subresource}${query}${manager}`;
  return sending('PATCH', path, bodyOf(draw, patchOf(draw, spec, type, name, known), type), draw);
};

export const removed: Make = (draw, workspace) => {
  const spec = anyKind(draw);
  const name = anObject(draw, workspace, spec)?.metadata.name ?? someName(draw);
  const target = draw.chance(85) ? `/${encodeURIComponent(name)}` : '';
  // Whatever else there is of cluster-wide kinds is needed by what follows.
  const safe = target === '' && !spec.namespaced ? '/a' : target;
  const path = `${collectionPath(draw, spec, NAMESPACE)}${safe}${queryOf(draw, target === '' ? [...LIST_OPTIONS, ...DELETE_OPTIONS] : DELETE_OPTIONS, 1)}`;
  if (draw.chance(50)) return { method: 'DELETE', path, headers: headersOf(draw) };
  return sending(
    'DELETE',
    path,
    draw.chance(5) ? protobufOf(draw, 'v1', 'DeleteOptions') : bodyOf(draw, deleteOptions(draw)),
    draw,
  );
};
