import type { ControllerRevision, KubeObject, PodTemplateSpec, ReplicaSet } from '../../../api';
import { Page, selectorText, writePodTemplate } from '../../describe';
import { list } from '../../flags';
import type { LoadedInfo } from '../../resources';
import type { ParsedArgs } from '../../seams';
import { fail, type Session } from '../../session';
import { revisionsOf } from './revisions';

const CONTROLLER_REVISIONS = { group: 'apps', version: 'v1', resource: 'controllerrevisions' };

/** Where somebody may write why a revision came to be. */
const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** What a workload once was: the object that keeps it, and its template. */
export interface Past {
  readonly object: KubeObject;
  readonly template: PodTemplateSpec | undefined;
  readonly cause: string | undefined;
}

/** The revisions of a Deployment, DaemonSet or StatefulSet, oldest first; undefined for what has none. */
export async function pastOf(
  session: Session,
  info: LoadedInfo,
): Promise<ReadonlyMap<number, Past> | undefined> {
  if (info.resource.kind === 'Deployment') {
    const sets = await revisionsOf(session, info.object);
    return new Map([...sets].map(([revision, set]) => [revision, pastOfSet(set)]));
  }
  if (info.resource.kind !== 'DaemonSet' && info.resource.kind !== 'StatefulSet') return undefined;
  const { metadata, spec } = info.object as ReplicaSet;
  const listed = await session.client.list(CONTROLLER_REVISIONS, metadata.namespace ?? '', {
    labelSelector: selectorText(spec?.selector),
  });
  const own = (listed.items as unknown as ControllerRevision[]).filter((each) =>
    each.metadata?.ownerReferences?.some((owner) => owner.controller && owner.uid === metadata.uid),
  );
  return new Map(
    own
      .toSorted((a, b) => a.revision - b.revision)
      .map((each) => [each.revision, pastOfRevision(each)] as const),
  );
}

const pastOfSet = (set: ReplicaSet): Past => ({
  object: set,
  template: set.spec?.template,
  cause: set.metadata.annotations?.[CHANGE_CAUSE],
});

function pastOfRevision(revision: ControllerRevision): Past {
  const { template } = (revision.data as { readonly spec?: { readonly template?: object } }).spec ?? {};
  const { $patch: _, ...kept } = (template ?? {}) as PodTemplateSpec & { readonly $patch?: string };
  return {
    object: revision as unknown as KubeObject,
    template: kept,
    cause: revision.metadata?.annotations?.[CHANGE_CAUSE],
  };
}

/** The kind as errors of rollouts name it. */
export const kindText = ({ resource }: LoadedInfo): string =>
  resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;

/** A rollout's command wants to know of what. */
export const needsResource = (args: ParsedArgs) =>
  args.positional.length === 0 && list(args, 'filename').length === 0
    ? fail('required resource not specified')
    : args;

/** The Pod template as `describe` writes it, but with its tabs unaligned, as upstream forgets to. */
export function templateText({ template }: Pick<Past, 'template'>, cause: string | undefined): string {
  const annotated = cause
    ? {
        ...template,
        metadata: {
          ...template?.metadata,
          annotations: { ...template?.metadata?.annotations, [CHANGE_CAUSE]: cause },
        },
      }
    : template;
  const page = new Page();
  writePodTemplate(page, annotated);
  return page.raw();
}
