import type { Deployment, KubeObject, ReplicaSet } from '../../../api';
import { selectorText } from '../../describe';
import type { Session } from '../../session';

const REPLICA_SETS = { group: 'apps', version: 'v1', resource: 'replicasets' };

/** Where a Deployment's and its ReplicaSets' revision is written. */
export const REVISION = 'deployment.kubernetes.io/revision';

/** The ReplicaSets that a Deployment owns, by revision. */
export async function revisionsOf(
  session: Session,
  deployment: KubeObject,
): Promise<ReadonlyMap<number, ReplicaSet>> {
  const { spec, metadata } = deployment as Deployment;
  const list = await session.client.list(REPLICA_SETS, metadata.namespace ?? '', {
    labelSelector: selectorText(spec?.selector),
  });
  const owned = (list.items as unknown as ReplicaSet[]).filter((each) =>
    each.metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === metadata.uid),
  );
  const byRevision = owned.map((each) => [Number(each.metadata.annotations?.[REVISION] ?? 0), each] as const);
  return new Map(byRevision.toSorted(([a], [b]) => a - b));
}
