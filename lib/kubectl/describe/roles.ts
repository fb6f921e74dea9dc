import type { ClusterRole, KubeObject, RoleBinding } from '../../api';
import { writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import type { Scene } from './scene';

/** A rule of one resource, or one URL. */
interface Rule {
  readonly resource: string;
  readonly group: string;
  readonly url: string;
  readonly name: string;
  readonly verbs: readonly string[];
}

function start(object: KubeObject): Page {
  const page = new Page();
  page.field(0, 'Name', object.metadata.name);
  writeLabels(page, 'Labels', object.metadata.labels);
  writeAnnotations(page, 'Annotations', object.metadata.annotations);
  return page;
}

/** `describe role` and `describe clusterrole`. */
export async function describeRole({ object }: Scene): Promise<string> {
  const page = start(object);
  page.write(0, 'PolicyRule:\n');
  page.write(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n');
  page.write(1, '---------\t-----------------\t--------------\t-----\n');
  for (const { resource, group, url, name, verbs } of compact(object as ClusterRole)) {
    const [plural = '', part] = resource.split(/\/(.*)/s);
    const whole = `${plural}${group === '' ? '' : `.${group}`}${part === undefined ? '' : `/${part}`}`;
    page.write(1, `${whole}\t[${url}]\t[${name}]\t[${verbs.join(' ')}]\n`);
  }
  return page.text();
}

/** The rules resource by resource, with the verbs of each together; URLs verb by verb. */
function compact({ rules }: ClusterRole): readonly Rule[] {
  const simple = new Map<string, Rule>();
  const others: Rule[] = [];
  for (const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } of rules ??
    []) {
    const names = resourceNames.length === 0 ? [''] : resourceNames;
    for (const group of apiGroups) {
      for (const resource of resources)
        for (const name of names) add(simple, { group, resource, name, url: '', verbs });
    }
    for (const url of nonResourceURLs) {
      others.push(...verbs.map((verb) => ({ group: '', resource: '', name: '', url, verbs: [verb] })));
    }
  }
  return [...others, ...simple.values()].toSorted((a, b) => (goText(a) < goText(b) ? -1 : 1));
}

function add(rules: Map<string, Rule>, rule: Rule): void {
  const key = `${rule.group}\n${rule.resource}\n${rule.name}`;
  const known = rules.get(key)?.verbs ?? [];
  rules.set(key, { ...rule, verbs: [...new Set([...known, ...rule.verbs])] });
}

/** As Go prints a rule, by which rules are sorted. */
function goText({ group, resource, url, name, verbs }: Rule): string {
  const groups = url === '' ? group : '';
  return `&PolicyRule{Verbs:[${verbs.join(' ')}],APIGroups:[${groups}],Resources:[${resource}],ResourceNames:[${name}],NonResourceURLs:[${url}],}`;
}

/** `describe rolebinding` and `describe clusterrolebinding`. */
export async function describeRoleBinding({ object }: Scene): Promise<string> {
  const { roleRef, subjects = [] } = object as RoleBinding;
  const page = start(object);
  page.write(0, 'Role:\n');
  page.field(1, 'Kind', roleRef.kind);
  page.field(1, 'Name', roleRef.name);
  page.write(0, 'Subjects:\n');
  page.write(1, 'Kind\tName\tNamespace\n');
  page.write(1, '----\t----\t---------\n');
  for (const { kind, name, namespace = '' } of subjects) page.write(1, `${kind}\t${name}\t${namespace}\n`);
  return page.text();
}
