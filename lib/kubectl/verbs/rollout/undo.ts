import type { Deployment, Json, ReplicaSet } from '../../../api';
import { semanticEqual } from '../../../base';
import { sameTemplate } from '../../describe';
import { int } from '../../flags';
import { rolloutUndoManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { type LoadedInfo, visitTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session } from '../../session';
import { LAST_APPLIED } from '../last-applied';
import { kindText, needsResource, type Past, pastOf, templateText } from './past';
import { REVISION } from './revisions';

const KEPT = new Set([
  LAST_APPLIED,
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

/** `kubectl rollout undo`. */
export const rolloutUndo: Command<ParsedArgs> = {
  ...rolloutUndoManual,
  options: needsResource,
  async run(args, env) {
    const session = openSession(args, env);
    await visitTargets(session, { words: args.positional, allowEmptySelector: true, latest: true }, (info) =>
      undo(session, info),
    );
    return 0;
  },
};

/** Kinds that upstream visits, though none of them can be rolled back. */
const VISITED = ['Pod', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob'];

function noRollbacker(info: LoadedInfo): string {
  const { group, kind } = info.resource;
  return VISITED.includes(kind)
    ? `no rollbacker has been implemented for "${kindText(info)}"`
    : `error retrieving rollbacker for "${kindText(info)}", no visitor method exists for {${group} ${kind}}`;
}

async function undo(session: Session, info: LoadedInfo): Promise<void> {
  const past = await pastOf(session, info);
  if (past === undefined) throw fail(noRollbacker(info));
  const asked = int(session.args, 'to-revision', 0);
  await (info.resource.kind === 'Deployment'
    ? undoDeployment(session, info, past, asked)
    : undoSet(session, info, past, asked));
}

async function undoDeployment(
  session: Session,
  info: LoadedInfo,
  past: ReadonlyMap<number, Past>,
  asked: number,
): Promise<void> {
  const deployment = info.object as Deployment;
  const target = asked === 0 ? [...past.values()].at(-2) : past.get(asked);
  if (!target)
    throw fail(
      asked === 0
        ? `no rollout history found for deployment "${deployment.metadata.name}"`
        : `unable to find specified revision ${asked} in history`,
    );
  if (session.dryRun === 'client') return print(session, info, templateText(target, undefined));
  if (deployment.spec?.paused) {
    throw fail(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  const set = target.object as ReplicaSet;
  if (sameTemplate(set, deployment)) return print(session, info, skipped(asked));
  const { 'pod-template-hash': _hash, ...labels } = target.template?.metadata?.labels ?? {};
  const template = { ...target.template, metadata: { ...target.template?.metadata, labels } };
  const kept = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => KEPT.has(key));
  const restored = Object.entries(set.metadata.annotations ?? {}).filter(([key]) => !KEPT.has(key));
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...kept, ...restored]) },
  ];
  await change(session, info, 'json', patch);
  await print(session, info, 'rolled back');
}

/** DaemonSets and StatefulSets take over the patch that a ControllerRevision keeps. */
async function undoSet(
  session: Session,
  info: LoadedInfo,
  past: ReadonlyMap<number, Past>,
  asked: number,
): Promise<void> {
  if (asked !== 0 && !past.has(asked)) throw fail(`unable to find specified revision ${asked} in history`);
  if (asked === 0 && past.size <= 1) throw fail('no last revision to roll back to');
  const target = asked === 0 ? [...past.values()].at(-2) : past.get(asked);
  if (target === undefined) return;
  if (session.dryRun === 'client')
    return print(session, info, `will roll back to ${templateText(target, undefined)}`);
  if (isCurrent(info.object as ReplicaSet, target)) return print(session, info, skipped(asked));
  await change(session, info, 'strategic', (target.object as unknown as { readonly data: Json }).data);
  await print(session, info, 'rolled back');
}

/**
 * Upstream compares bytes, and kubectl since v1.34 writes a template without the `creationTimestamp: null` that older control
 * planes keep in their revisions: such a revision never matches.
 */
function isCurrent({ spec }: ReplicaSet, { template }: Past): boolean {
  const kept = template?.metadata?.creationTimestamp !== undefined;
  return !kept && semanticEqual(spec?.template, template);
}

const skipped = (asked: number): string =>
  `skipped rollback (current template already matches revision ${asked})`;

async function change(
  session: Session,
  info: LoadedInfo,
  type: 'json' | 'strategic',
  patch: unknown,
): Promise<void> {
  const dry = session.dryRun === 'server' ? { dryRun: true } : {};
  const options = { ...dry, fieldManager: 'kubectl-rollout' };
  await session.heed(
    await session.client.patch(info.resource, info.namespace, info.name, type, patch, options),
  );
}

async function print(session: Session, info: LoadedInfo, operation: string): Promise<void> {
  await session.out(objectPrinter(session, { operation })(info.object));
}
