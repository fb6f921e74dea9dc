import type { PolicyRule } from '../attributes';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
/** Groups of verbs that upstream's policy names. */
const VERBS: Readonly<Record<string, readonly string[]>> = {
  Read: READ,
  Write: WRITE,
  ReadWrite: [...READ, ...WRITE],
  ReadUpdate: [...READ, 'patch', 'update'],
};

/**
 * A rule from its short form: `<verbs> <groups> <resources> [<names>]` or `<verbs> <paths>`, lists joined by commas;
 * the core group is written `core`. Lists come out sorted, as rbacv1helpers.NewRule leaves them.
 */
export function readRule(line: string): PolicyRule {
  const [verbs = '', first = '', resources, names] = line.split(' ');
  const all = sorted(split(verbs).flatMap((verb) => VERBS[verb] ?? [verb]));
  if (resources === undefined) return { verbs: all, nonResourceURLs: sorted(split(first)) };
  const rule = {
    verbs: all,
    apiGroups: sorted(split(first).map((group) => (group === 'core' ? '' : group))),
    resources: sorted(split(resources)),
  };
  return names === undefined ? rule : { ...rule, resourceNames: sorted(split(names)) };
}

const split = (list: string): string[] => list.split(',');
const sorted = (list: string[]): string[] => [...list].sort();
