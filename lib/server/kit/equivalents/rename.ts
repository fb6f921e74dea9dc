import { isRecord } from '../../../base';
import type { Lab } from '../../../labs';
import { type ScriptPart, scriptOf } from '../script-parts';
import { type Manifest, manifestsIn } from './manifests';

/** Kinds whose Pods, volumes or addresses are called after them. */
const NAMED_AFTER = ['StatefulSet', 'Pod', 'Namespace'];
/** A port's name has at most 15 characters. */
const LONGEST = 12;
const SUFFIX = '-b';

/**
 * The script with other names where the lab leaves them free: names that stand in its manifests and nowhere in what the
 * lab asks, checks or begins with. Nobody could have known them.
 */
export function renamed(parts: readonly ScriptPart[], lab: Lab): string {
  const { tasks, objects, files, images, startScript } = lab;
  const known = JSON.stringify({ tasks, objects, files, images, startScript });
  const manifests = parts.flatMap((part) => manifestsIn(part) ?? []);
  const names = manifests.flatMap(namesIn);
  // A container is often called after its image, which has to keep its name.
  const kept = known + manifests.flatMap(imagesIn).join(' ');
  let script = scriptOf(parts);
  for (const name of new Set(names)) {
    if (name.length > LONGEST || wordPattern(name).test(kept)) continue;
    script = script.replace(wordPattern(name), `${name}${SUFFIX}`);
  }
  return script;
}

const wordPattern = (name: string): RegExp =>
  new RegExp(`(?<![\\w.-])${name.replace(/[.]/g, '\\.')}(?![\\w-])`, 'g');

/** Names that an object gives to itself and to its parts. */
function namesIn(object: Manifest): string[] {
  const own = NAMED_AFTER.includes(object.kind) ? [] : [object.metadata.name];
  return [...own, ...partNames(object.spec)].filter((name): name is string => typeof name === 'string');
}

function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn);
  if (!isRecord(value)) return [];
  const own = typeof value.image === 'string' ? [value.image] : [];
  return [...own, ...Object.values(value).flatMap(imagesIn)];
}

/** Of containers, ports and volumes; also those of a Pod template. */
function partNames(spec: unknown): unknown[] {
  if (!isRecord(spec)) return [];
  const { template, containers, volumes, ports } = spec;
  const lists = [containers, volumes, ports].flatMap((list) => (Array.isArray(list) ? list : []));
  const inner = isRecord(template) ? partNames(template.spec) : [];
  return [...inner, ...lists.flatMap((each) => (isRecord(each) ? [each.name, ...partNames(each)] : []))];
}
