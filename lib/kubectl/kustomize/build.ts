import { isRecord } from '../../base';
import { parseDocuments } from '../manifests';
import type { UsageError } from '../seams';
import { absolutePath, fail } from '../session';
import { type Generated, generate } from './generate';
import { contentHash } from './hash-name';
import { enterFolder, missing, type Place, readKustomization } from './kustomization';
import { inOrder } from './order';
import { applyPatch } from './patches';
import { followNames } from './references';
import {
  answersTo,
  type Fields,
  kindOf,
  nameOf,
  namespaceOf,
  newResource,
  type Resource,
  renamed,
  resourceId,
} from './resource';
import {
  addAnnotations,
  addLabels,
  affix,
  type LabelRule,
  SCALABLE,
  setImage,
  setNamespace,
  setReplicas,
} from './transform';

const records = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isRecord) : []);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** All that the kustomization of a folder stands for, in the order in which it is to be made. */
export function buildKustomization(place: Place, path: string): readonly Fields[] {
  const built = accumulate(enterFolder(place, path), []).map((each) =>
    each.hashed ? renamed(each, `${nameOf(each)}-${contentHash(each.object, '')}`) : each,
  );
  return inOrder(followNames(built)).map(({ object }) => object);
}

/** A kustomization's resources on top of those it is a component of. */
function accumulate(place: Place, beneath: readonly Resource[]): readonly Resource[] {
  const kustomization = readKustomization(place);
  let all = beneath;
  for (const entry of [...texts(kustomization.resources), ...texts(kustomization.bases)])
    all = join(all, load(place, entry), entry);
  for (const entry of texts(kustomization.components)) all = accumulate(enterFolder(place, entry), all);
  const shared = isRecord(kustomization.generatorOptions) ? kustomization.generatorOptions : {};
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const field = kind === 'ConfigMap' ? 'configMapGenerator' : 'secretGenerator';
    for (const entry of records(kustomization[field])) all = add(all, generate(place, kind, entry, shared));
  }
  return transform(place, kustomization, all);
}

function load(place: Place, entry: string): readonly Resource[] {
  const absolute = absolutePath(entry, place.folder);
  const kind = place.files.stat(absolute)?.kind;
  if (kind === 'directory') return accumulate(enterFolder(place, entry), []);
  if (kind === undefined) {
    const words = missing(absolute, absolute);
    throw fail(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': ${words}': must build at directory: not a valid directory: ${words}`,
    );
  }
  return parseDocuments(place.files.read(absolute), entry).map((document) => {
    if ('error' in document) throw document.error;
    const { value } = document;
    if (value.kind === undefined)
      throw notAFolder(entry, absolute, `missing metadata.name in object {${entry}}`);
    return newResource(value);
  });
}

const notAFolder = (entry: string, absolute: string, words: string): UsageError =>
  fail(
    `accumulating resources: accumulation err='merging resources from '${entry}': ${words}': must build at directory: '${absolute}': file is not directory`,
  );

function join(all: readonly Resource[], more: readonly Resource[], entry: string): readonly Resource[] {
  const ids = new Set(all.map(({ object }) => resourceId(object)));
  const twice = more.find(({ object }) => ids.has(resourceId(object)));
  if (twice !== undefined) {
    throw notAFolder(
      entry,
      entry,
      `may not add resource with an already registered id: ${resourceId(twice.object)}`,
    );
  }
  return [...all, ...more];
}

function add(all: readonly Resource[], { resource, behavior }: Generated): readonly Resource[] {
  const there = (each: Resource) =>
    kindOf(each) === kindOf(resource) &&
    answersTo(each, nameOf(resource)) &&
    (namespaceOf(resource) === '' || namespaceOf(each) === namespaceOf(resource));
  if (behavior !== 'merge' && behavior !== 'replace') return [...all, resource];
  const before = all.find(there);
  if (before === undefined) {
    throw fail(`id ${resourceId(resource.object)} does not exist; cannot merge or replace`);
  }
  return all.map((each) => (each === before ? overlay(each, resource, behavior === 'merge') : each));
}

function overlay(before: Resource, made: Resource, merge: boolean): Resource {
  const both = (key: string) => ({
    ...(merge && isRecord(before.object[key]) ? before.object[key] : {}),
    ...(isRecord(made.object[key]) ? made.object[key] : {}),
  });
  return { ...before, object: { ...before.object, data: both('data') } };
}

function transform(place: Place, kustomization: Fields, resources: readonly Resource[]): readonly Resource[] {
  let all = resources;
  for (const entry of texts(kustomization.patchesStrategicMerge)) {
    const inline = entry.includes('\n') || place.files.stat(absolutePath(entry, place.folder)) === undefined;
    all = applyPatch(place, all, inline ? { patch: entry } : { path: entry });
  }
  for (const entry of records(kustomization.patches)) all = applyPatch(place, all, entry);
  const each = (change: (resource: Resource) => Resource) => {
    all = all.map(change);
  };
  const namespace = text(kustomization.namespace);
  if (namespace !== '') each((resource) => setNamespace(resource, namespace));
  each((resource) => affix(resource, text(kustomization.namePrefix), text(kustomization.nameSuffix)));
  for (const rule of labelRules(kustomization)) each((resource) => addLabels(resource, rule));
  const annotations = kustomization.commonAnnotations;
  if (isRecord(annotations)) each((resource) => addAnnotations(resource, annotations));
  for (const entry of records(kustomization.patchesJson6902)) all = applyPatch(place, all, entry);
  for (const entry of records(kustomization.replicas)) {
    each((resource) =>
      SCALABLE.has(kindOf(resource)) && answersTo(resource, text(entry.name))
        ? setReplicas(resource, entry.count)
        : resource,
    );
  }
  for (const entry of records(kustomization.images)) each((resource) => setImage(resource, entry));
  return all;
}

function labelRules(kustomization: Fields): readonly LabelRule[] {
  const rules = records(kustomization.labels).map((entry) => ({
    pairs: isRecord(entry.pairs) ? entry.pairs : {},
    selectors: entry.includeSelectors === true,
    templates: entry.includeTemplates === true,
  }));
  const common = kustomization.commonLabels;
  return isRecord(common) ? [...rules, { pairs: common, selectors: true, templates: true }] : rules;
}
