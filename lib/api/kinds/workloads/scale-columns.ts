import type { Column } from '../../kind-spec';
import type { KubeObject } from '../../objects';
import { ageColumn, integerColumn, nameColumn } from '../columns';

interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

/** The columns of the subresource `scale`, whosever it is (printScale). */
export const scaleColumns: readonly Column<KubeObject>[] = [
  nameColumn(),
  integerColumn('Desired', 'replicas is the desired number of instances for the scaled object.', (scale) => {
    return (scale as Scale).spec?.replicas ?? 0;
  }),
  integerColumn(
    'Available',
    'replicas is the actual number of observed instances of the scaled object.',
    (scale) => (scale as Scale).status?.replicas ?? 0,
  ),
  ageColumn(),
];
