import type { ControllerRevision, Json, KubeObject, PodTemplateSpec, Stored, View } from '../../api';
import { semanticEqual } from '../../base';
import type { Action } from '../seams';
import { controllerRef, isControlledBy } from './owners';
import { patchObject } from './patch-status';
import { REFS } from './refs';
import { hashOf } from './template-hash';

/** The label by which Pods of a DaemonSet or StatefulSet tell which template made them. */
export const REVISION_HASH = 'controller-revision-hash';
const HISTORY_LIMIT = 10;

/** The revision of an owner's current template, and the writes that its history needs. */
export interface Revision {
  readonly name: string;
  readonly hash: string;
  readonly actions: readonly Action[];
}

/** Keeps ControllerRevisions for a DaemonSet or StatefulSet; `inUse` are names that may not be forgotten. */
export function reviseHistory(
  view: View,
  owner: Stored,
  template: PodTemplateSpec | undefined,
  limit: number | undefined,
  inUse: ReadonlySet<string>,
): Revision {
  const history = view
    .list<ControllerRevision>('controllerrevisions.apps', owner.metadata.namespace ?? '')
    .filter((revision) => isControlledBy(revision, owner))
    .toSorted((a, b) => a.revision - b.revision);
  const data = { spec: { template: { ...template, $patch: 'replace' } } };
  const newest = Math.max(0, ...history.map((revision) => revision.revision));
  const known = history.find((revision) => semanticEqual(revision.data, data));
  const hash = hashOf(template, 0);
  const name = known?.metadata.name ?? `${owner.metadata.name}-${hash}`;
  const actions: Action[] = [];
  if (known === undefined) actions.push(create(owner, name, hash, data, newest + 1, template));
  else if (known.revision < newest) {
    actions.push(patchObject(REFS.controllerRevisions, known, { revision: newest + 1 }));
  }
  const old = history.filter((each) => each !== known && !inUse.has(each.metadata.name));
  const excess = old.slice(0, Math.max(0, old.length - (limit ?? HISTORY_LIMIT)));
  actions.push(...excess.map(deletion));
  return { name, hash: known?.metadata.labels?.[REVISION_HASH] ?? hash, actions };
}

function create(
  owner: Stored,
  name: string,
  hash: string,
  data: object,
  revision: number,
  template: PodTemplateSpec | undefined,
): Action {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      namespace: owner.metadata.namespace,
      labels: { ...template?.metadata?.labels, [REVISION_HASH]: hash },
      ...(owner.metadata.annotations ? { annotations: owner.metadata.annotations } : {}),
      ownerReferences: [controllerRef(owner)],
    },
    data: data as Json,
    revision,
  } as KubeObject;
  return { verb: 'create', ref: REFS.controllerRevisions, object };
}

const deletion = (revision: Stored): Action => ({
  verb: 'delete',
  ref: REFS.controllerRevisions,
  namespace: revision.metadata.namespace ?? '',
  name: revision.metadata.name,
});
