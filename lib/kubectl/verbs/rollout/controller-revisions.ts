import type { DaemonSet, KubeObject, PodTemplateSpec } from '../../../api';
import { isRecord } from '../../../base';
import { mergeLocally, schemaOf } from '../../patch';
import type { Session } from '../../session';

const REVISIONS = { group: 'apps', version: 'v1', resource: 'controllerrevisions' };

/** A ControllerRevision, as far as histories look at it. */
export interface ControllerRevision extends KubeObject {
  readonly revision: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The revisions of a DaemonSet or StatefulSet by number, oldest first. */
export async function controllerRevisions(
  session: Session,
  owner: KubeObject,
): Promise<ReadonlyMap<number, ControllerRevision>> {
  const list = await session.client.list(REVISIONS, owner.metadata.namespace ?? '', {});
  const owned = (list.items as unknown as ControllerRevision[])
    .filter(({ metadata }) =>
      metadata.ownerReferences?.some((each) => each.controller && each.uid === owner.metadata.uid),
    )
    .toSorted((a, b) => a.revision - b.revision);
  return new Map(owned.map((each) => [each.revision, each]));
}

/** The Pod template that a revision's patch gives its owner. */
export function templateOf(owner: KubeObject, { data }: ControllerRevision): PodTemplateSpec | undefined {
  const restored = mergeLocally(
    owner as unknown as Readonly<Record<string, unknown>>,
    isRecord(data) ? data : {},
    schemaOf(owner),
  );
  return (restored as unknown as DaemonSet).spec?.template;
}
