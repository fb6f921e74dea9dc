import type { ApiResource, ResourceRef } from '../../api';
import { type PathNode, PathSyntaxError, parsePath } from '../jsonpath';
import { qualifiedName } from '../resources';
import { ExitError, fail } from '../session';

/** What is to be explained: a resource, and the way from its kind to a field. */
export interface Request {
  readonly resource: ApiResource;
  readonly path: readonly string[];
}

/** Reads "svc", "deployments.apps", "pods.spec.containers" (pkg/explain SplitAndParseResourceRequest…). */
export function readRequest(known: readonly ApiResource[], word: string, apiVersion: string): Request {
  const [first, ...rest] = nodesOf(word);
  if (first?.kind !== 'field') throw fail('invalid jsonpath syntax, first node must be field node');
  if (first.name === '') throw fail('a resource must be present, got: /, Resource=');
  const found = resourcesFor(known, first.name);
  const [best] = found;
  if (!best) throw new ExitError(1, `the server doesn't have a resource type "${first.name}"`);
  if (apiVersion !== '') return { resource: best, path: namesOf(rest, 'all nodes') };
  const meant = found.find((each) => word.startsWith(qualifiedName(each)));
  if (!meant) return { resource: best, path: namesOf(rest, 'first node') };
  const suffix = word.slice(qualifiedName(meant).length);
  return { resource: meant, path: suffix === '' ? [] : namesOf(nodesOf(suffix).slice(1), 'first node') };
}

function nodesOf(text: string): readonly PathNode[] {
  try {
    const [list, ...others] = parsePath(`{.${text.replace(/\.$/, '')}}`);
    if (list?.kind !== 'list' || others.length > 0) throw fail('must pass in 1 jsonpath string');
    return list.nodes;
  } catch (error) {
    throw error instanceof PathSyntaxError ? fail(error.message) : error;
  }
}

function namesOf(nodes: readonly PathNode[], which: string): readonly string[] {
  return nodes.map((node) => {
    if (node.kind === 'field') return node.name;
    throw fail(`invalid jsonpath syntax, ${which} must be field node${which === 'all nodes' ? 's' : ''}`);
  });
}

/** All resources that a word may mean, best first: client-go's shortcut expander and REST mappers. */
function resourcesFor(known: readonly ApiResource[], word: string): readonly ApiResource[] {
  const isName = known.some((each) => each.resource === word || each.singular === word);
  const short = isName ? undefined : known.find((each) => each.shortNames.includes(word));
  if (short) return known.filter((each) => each.resource === short.resource && each.group === short.group);
  const name = word.toLowerCase();
  return known.filter((each) => each.resource === name || each.singular === name);
}

/** "apps/v1" and "v1" (schema.ParseGroupVersion). */
export function readGroupVersion(text: string): Pick<ResourceRef, 'group' | 'version'> {
  if (text === '' || text === '/') return { group: '', version: '' };
  const parts = text.split('/');
  if (parts.length > 2) throw fail(`unexpected GroupVersion string: ${text}`);
  const [first = '', second] = parts;
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
}
