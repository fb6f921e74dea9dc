import { isRecord } from '../../../base';
import type { ScriptPart } from '../script-parts';
import { type Manifest, manifestsIn, withManifests } from './manifests';

/** What others need when they are made stays before them. */
const FIRST = ['Namespace', 'CustomResourceDefinition', 'ServiceAccount', 'ConfigMap', 'Secret'];
const rankOf = ({ kind }: Manifest): number => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);

/** The same objects in another order, each with its keys in another order. */
export function reordered(part: ScriptPart): ScriptPart {
  const objects = manifestsIn(part);
  if (objects === undefined) return part;
  const sorted = [...objects].reverse().sort((a, b) => rankOf(a) - rankOf(b));
  return withManifests(part, sorted.map(backwards));
}

/** Keys mean the same in any order; the items of a list need not. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, backwards(each)]),
  );
}
