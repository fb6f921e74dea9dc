import type { ApiResource } from '../../api';
import { fail } from '../session';

/** Finds what a word of the command line names: plural, singular, short name or kind, with group or version. */
export function findResource(known: readonly ApiResource[], word: string): ApiResource | undefined {
  const [first = '', ...rest] = word.split('.');
  if (rest.length >= 2) {
    const [version = '', ...groupWords] = rest;
    const group = groupWords.join('.');
    // "deployment.v1.": without a group, any that has the version.
    const inGroup = known.filter((each) => names(each, first) && (group === '' || each.group === group));
    const exact = inGroup.find((each) => each.version === version);
    // A version that is not served gives way to the one that is, but only after a short name.
    const found = exact ?? inGroup.find((each) => each.shortNames.includes(first));
    if (found) return found;
  }
  const group = rest.join('.');
  const candidates = known.filter((each) => names(each, first));
  if (group === '') return candidates[0] ?? known.find((each) => each.kind === first);
  return (
    candidates.find((each) => each.group === group) ??
    candidates.find((each) => each.group.startsWith(group)) ??
    known.find((each) => each.kind === first && kindSuffixMatches(each, rest))
  );
}

/** A name may be written in any case, a short name may not. */
function names(each: ApiResource, word: string): boolean {
  const name = word.toLowerCase();
  return each.resource === name || each.singular === name || each.shortNames.includes(word);
}

/** "Deployment.v1.apps" and "Deployment.apps". */
function kindSuffixMatches(each: ApiResource, rest: readonly string[]): boolean {
  const [version, ...group] = rest;
  return each.group === rest.join('.') || (each.version === version && each.group === group.join('.'));
}

/** Like `findResource`, or fails with kubectl's sentence. */
export function requireResource(known: readonly ApiResource[], word: string): ApiResource {
  const found = findResource(known, word);
  if (!found) throw fail(`the server doesn't have a resource type "${word.split('.')[0]}"`);
  return found;
}

/**
 * What else a short name could have meant, as kubectl warns of it (restmapper's shortcutExpander): events are served by two
 * groups.
 */
export function otherMeanings(known: readonly ApiResource[], word: string): readonly string[] {
  const [name = '', ...rest] = word.split('.');
  const group = rest.join('.');
  if (known.some((each) => each.resource === name || each.singular === name)) return [];
  const [meant, ...others] = known.filter(
    (each) => each.shortNames.includes(name) && (group === '' || each.group === group),
  );
  const different = others.filter((each) => each.resource !== meant?.resource || each.group !== meant?.group);
  return [...new Set(different.map(qualifiedName))].map(
    (other) => `short name "${name}" could also match lower priority resource ${other}`,
  );
}

/** Replaces categories ("all") in a comma-separated list of types by their members. */
export function expandCategories(known: readonly ApiResource[], types: string): string {
  return types
    .split(',')
    .map((word) => {
      const members = known.filter((each) => each.categories.includes(word));
      return members.length === 0 ? word : members.map(qualifiedName).join(',');
    })
    .join(',');
}

/** "pods", "deployments.apps". */
export function qualifiedName(resource: ApiResource): string {
  return resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`;
}

/** "v1", "apps/v1". */
export function apiVersionOf(resource: { readonly group: string; readonly version: string }): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** "pod/web", "deployment.apps/web": how kubectl names an object it has changed. */
export function objectName(resource: Pick<ApiResource, 'kind' | 'group'>, name: string): string {
  const kind = resource.kind.toLowerCase();
  return resource.group === '' ? `${kind}/${name}` : `${kind}.${resource.group}/${name}`;
}
