import type { ClusterRole, KubeObject, RoleBinding } from '../../api';
import { writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import { policyRows } from './policy-rules';
import type { Scene } from './scene';

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
  for (const row of policyRows((object as ClusterRole).rules ?? [])) page.write(1, row);
  return page.text();
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
