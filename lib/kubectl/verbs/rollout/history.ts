import type { DaemonSet, Deployment, KubeObject, PodTemplateSpec, ReplicaSet } from '../../../api';
import { alignTabs, semanticEqual } from '../../../base';
import { Page, sameTemplate, writePodTemplate } from '../../describe';
import { int, list, text } from '../../flags';
import { rolloutHistoryManual, rolloutUndoManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { type LoadedInfo, objectName, visitTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session } from '../../session';
import { LAST_APPLIED } from '../last-applied';
import { controllerRevisions, templateOf } from './controller-revisions';
import { REVISION, revisionsOf } from './revisions';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';
const KEPT = new Set([
  LAST_APPLIED,
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

const needsResource = (args: ParsedArgs) =>
  args.positional.length === 0 && list(args, 'filename').length === 0
    ? fail('required resource not specified')
    : args;

/** `kubectl rollout history`. */
export const rolloutHistory: Command<ParsedArgs> = {
  ...rolloutHistoryManual,
  options: (args) =>
    int(args, 'revision', 0) < 0
      ? fail(`revision must be a positive integer: ${int(args, 'revision', 0)}`)
      : needsResource(args),
  async run(args, env) {
    const session = openSession(args, env);
    await visitTargets(session, { words: args.positional, allowEmptySelector: true, latest: true }, (info) =>
      showHistory(session, info),
    );
    return 0;
  },
};

async function showHistory(session: Session, info: LoadedInfo): Promise<void> {
  const revisions = await revisionsFor(session, info);
  const revision = int(session.args, 'revision', 0);
  const chosen = revisions.get(revision);
  if (revision > 0 && !chosen) throw fail('unable to find the specified revision');
  if (text(session.args, 'output') !== '') {
    const objects = chosen ? [chosen] : [...revisions.values()];
    for (const { object } of objects) await session.out(objectPrinter(session, { typed: true })(object));
    return;
  }
  const title = objectName(info.resource, info.name);
  if (chosen) {
    const cause = chosen.object.metadata.annotations?.[CHANGE_CAUSE];
    await session.out(`${title} with revision #${revision}\n${templateText(chosen.template, cause)}\n`);
    return;
  }
  const rows = [...revisions].map(
    ([number, { object }]) => `${number}\t${object.metadata.annotations?.[CHANGE_CAUSE] || '<none>'}\n`,
  );
  const table = alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, { minWidth: 0, padding: 2 });
  await session.out(`${title} \n${rows.length === 0 ? 'No rollout history found.' : table}\n`);
}

/** One revision: the object that keeps it, and its Pod template. */
interface Revision {
  readonly object: KubeObject;
  readonly template: PodTemplateSpec | undefined;
}

async function revisionsFor(session: Session, info: LoadedInfo): Promise<ReadonlyMap<number, Revision>> {
  const { kind } = info.resource;
  if (kind === 'Deployment') {
    const sets = await revisionsOf(session, info.object);
    return new Map([...sets].map(([number, set]) => [number, { object: set, template: set.spec?.template }]));
  }
  if (kind !== 'DaemonSet' && kind !== 'StatefulSet')
    throw fail(`no history viewer has been implemented for "${kindText(info)}"`);
  const kept = await controllerRevisions(session, info.object);
  return new Map(
    [...kept].map(([number, object]) => [number, { object, template: templateOf(info.object, object) }]),
  );
}

const kindText = ({ resource }: LoadedInfo) =>
  resource.group === '' ? resource.kind : `${resource.kind}.${resource.group}`;

/** The Pod template as `describe` writes it, but with its tabs unaligned, as upstream forgets to. */
function templateText(template: PodTemplateSpec | undefined, cause: string | undefined): string {
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

async function undo(session: Session, info: LoadedInfo): Promise<void> {
  if (info.resource.kind === 'DaemonSet' || info.resource.kind === 'StatefulSet')
    return undoRevision(session, info);
  if (info.resource.kind !== 'Deployment')
    throw fail(`no rollbacker has been implemented for "${kindText(info)}"`);
  const deployment = info.object as Deployment;
  const asked = int(session.args, 'to-revision', 0);
  const target = await revisionToRestore(session, info.object, asked);
  if (session.dryRun === 'client') {
    await print(session, info, templateText(target.spec?.template, undefined));
    return;
  }
  if (deployment.spec?.paused) {
    throw fail(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  }
  if (sameTemplate(target, deployment)) {
    await print(session, info, `skipped rollback (current template already matches revision ${asked})`);
    return;
  }
  const { 'pod-template-hash': _hash, ...labels } = target.spec?.template?.metadata?.labels ?? {};
  const template = { ...target.spec?.template, metadata: { ...target.spec?.template?.metadata, labels } };
  const kept = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => KEPT.has(key));
  const restored = Object.entries(target.metadata.annotations ?? {}).filter(([key]) => !KEPT.has(key));
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries([...kept, ...restored]) },
  ];
  const dry = session.dryRun === 'server' ? { dryRun: true } : {};
  await session.heed(
    await session.client.patch(info.resource, info.namespace, info.name, 'json', patch, {
      ...dry,
      fieldManager: 'kubectl-rollout',
    }),
  );
  await print(session, info, 'rolled back');
}

/** A DaemonSet or StatefulSet gets the patch that one of its revisions keeps. */
async function undoRevision(session: Session, info: LoadedInfo): Promise<void> {
  const asked = int(session.args, 'to-revision', 0);
  const revisions = await controllerRevisions(session, info.object);
  const target = asked === 0 ? [...revisions.values()].at(-2) : revisions.get(asked);
  if (!target)
    throw fail(
      asked === 0
        ? 'no last revision to roll back to'
        : `unable to find specified revision ${asked} in history`,
    );
  const template = templateOf(info.object, target);
  if (session.dryRun === 'client') return print(session, info, templateText(template, undefined));
  const present = (info.object as unknown as DaemonSet).spec?.template;
  if (semanticEqual(present, template))
    return print(session, info, `skipped rollback (current template already matches revision ${asked})`);
  const dry = session.dryRun === 'server' ? { dryRun: true } : {};
  const answer = await session.client.patch(
    info.resource,
    info.namespace,
    info.name,
    'strategic',
    target.data ?? {},
    {
      ...dry,
      fieldManager: 'kubectl-rollout',
    },
  );
  await session.heed(answer);
  await print(session, info, 'rolled back');
}

async function print(session: Session, info: LoadedInfo, operation: string): Promise<void> {
  await session.out(objectPrinter(session, { operation })(info.object));
}

async function revisionToRestore(
  session: Session,
  deployment: KubeObject,
  asked: number,
): Promise<ReplicaSet> {
  const revisions = await revisionsOf(session, deployment);
  if (asked !== 0) {
    const found = revisions.get(asked);
    if (!found) throw fail(`unable to find specified revision ${asked} in history`);
    return found;
  }
  const previous = [...revisions.values()].at(-2);
  if (!previous) throw fail(`no rollout history found for deployment "${deployment.metadata.name}"`);
  return previous;
}
