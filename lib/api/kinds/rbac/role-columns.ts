import type { Column } from '../../kind-spec';
import type { KubeObject } from '../../objects';
import { ageColumn, nameColumn, textColumn, wide } from '../columns';

interface Binding extends KubeObject {
  readonly roleRef?: { readonly kind: string; readonly name: string } | undefined;
  readonly subjects?:
    | readonly { readonly kind: string; readonly name: string; readonly namespace?: string | undefined }[]
    | undefined;
}

/** Roles show when they were made, not how long ago. */
export function roleColumns<T extends KubeObject>(): readonly Column<T>[] {
  return [
    nameColumn(),
    {
      name: 'Created At',
      type: 'date',
      description: 'When this was made.',
      priority: 0,
      value: ({ metadata }) => metadata.creationTimestamp ?? '<unknown>',
    },
  ];
}

/** printRoleBinding and printClusterRoleBinding. */
export function bindingColumns<T extends Binding>(): readonly Column<T>[] {
  const subjects = (kind: string, binding: T): string =>
    (binding.subjects ?? [])
      .filter((subject) => subject.kind === kind)
      .map(({ name, namespace }) => (kind === 'ServiceAccount' ? `${namespace ?? ''}/${name}` : name))
      .join(', ');
  return [
    nameColumn(),
    textColumn(
      'Role',
      'The role that is given.',
      ({ roleRef }) => `${roleRef?.kind ?? ''}/${roleRef?.name ?? ''}`,
    ),
    ageColumn(),
    wide(textColumn('Users', 'Users who have it.', (binding) => subjects('User', binding))),
    wide(textColumn('Groups', 'Groups that have it.', (binding) => subjects('Group', binding))),
    wide(
      textColumn('ServiceAccounts', 'Service accounts that have it.', (binding) =>
        subjects('ServiceAccount', binding),
      ),
    ),
  ];
}
