import { type KindSpec, type KubeObject, kinds, type Stored } from '../../../api';
import type { Workspace } from '../../../workspace';
import type { Draw } from '../draw';

/** Where the fuzz writes; it is there from the start. */
export const NAMESPACE = 'fuzz';

const NAMES = ['a', 'web', 'b', 'c.d'] as const;
export const WRONG_NAMES = [
  'Bad_Name',
  '..',
  '.',
  'a%2Fb',
  '%25',
  '%',
  '%zz',
  '%ff',
  'x'.repeat(260),
  'a b',
  '*',
  'constructor',
  '__proto__',
  'a:b',
  'ä',
] as const;

/** A kind that is served, those of Services and Pods more often than the rest. */
const COMMON = kinds.filter(
  ({ plural, storage }) =>
    !storage &&
    ['services', 'pods', 'deployments', 'configmaps', 'endpointslices', 'statefulsets', 'jobs'].includes(
      plural,
    ),
);

export const anyKind = (draw: Draw): KindSpec => draw.pick(draw.chance(60) ? kinds : COMMON);

export const apiVersionOf = ({ group, version }: KindSpec): string =>
  group === '' ? version : `${group}/${version}`;

export function collectionPath(draw: Draw, spec: KindSpec, namespace: string): string {
  const root = spec.group === '' ? `/api/${spec.version}` : `/apis/${spec.group}/${spec.version}`;
  const scoped = draw.chance(2) ? !spec.namespaced : spec.namespaced;
  return `${root}${scoped ? `/namespaces/${namespace}` : ''}/${spec.plural}`;
}

export const someName = (draw: Draw): string => (draw.chance(4) ? draw.pick(WRONG_NAMES) : draw.pick(NAMES));

/** The objects of a kind in the namespace of the fuzz, or of the cluster. */
export const objectsOf = (
  { view }: Workspace,
  { group, plural, namespaced, storage }: KindSpec,
): readonly Stored[] =>
  view.list(storage?.resource ?? (group === '' ? plural : `${plural}.${group}`), namespaced ? NAMESPACE : '');

const isServed = ({ verbs }: KindSpec, verb: string): boolean => verbs === undefined || verbs.includes(verb);

/** One of the objects there are, in the form that a client reads; undefined when there is none. */
export function anObject(draw: Draw, workspace: Workspace, spec: KindSpec): KubeObject | undefined {
  const all = objectsOf(workspace, spec);
  const stored = all.length === 0 ? undefined : draw.pick(all);
  return stored && spec.storage ? spec.storage.decode(stored) : stored;
}

/** Kinds whose objects may be written again as they are. */
export const writable: readonly KindSpec[] = kinds.filter((spec) => isServed(spec, 'update'));
