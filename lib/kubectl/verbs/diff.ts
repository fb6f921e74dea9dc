import type { KubeObject } from '../../api';
import { BrokenPipeError, printYaml } from '../../base';
import { list, text } from '../flags';
import { diffManual } from '../manual';
import { schemaOf, threeWayPatch } from '../patch';
import { withoutManagedFields } from '../printers';
import { findTargets, type Info } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { describeFailure, ExitError, fail, openSession, type Session, throwAll } from '../session';
import { findObject } from '../waiting';
import { lastApplied, withoutLastApplied } from './last-applied';
import { maskSecrets } from './mask-secrets';
import { unifiedDiff } from './unified-diff';
import { unversioned } from './unversioned';

/** `kubectl diff`: exits with 1 when there is a difference. */
export const diff: Command<ParsedArgs> = {
  ...diffManual,
  options: (args) => args,
  async run(args, env) {
    try {
      if (list(args, 'filename').length === 0 && text(args, 'kustomize') === '')
        throw fail('must specify one of -f and -k');
      return (await showDifferences(openSession(args, env))) ? 1 : 0;
    } catch (error) {
      if (error instanceof BrokenPipeError) throw error;
      // 1 tells of a difference, so what goes wrong is 2.
      throw new ExitError(TROUBLE, describeFailure(error).text);
    }
  },
};

const TROUBLE = 2;

async function showDifferences(session: Session): Promise<boolean> {
  const targets = await findTargets(session, { words: [], labelSelector: '', stopsAtFirst: true });
  // It stops at the first, before it compares any.
  throwAll(targets.errors.slice(0, 1));
  // All are written into two folders first, which diff(1) then goes through by their files' names.
  const shown = new Map<string, string>();
  for (const info of targets.infos) {
    const name = fileName(info);
    const difference = await diffOne(session, info, name);
    if (difference !== '') shown.set(name, difference);
  }
  for (const name of [...shown.keys()].sort()) await session.out(shown.get(name) ?? '');
  return shown.size > 0;
}

const fileName = ({ resource: { group, version, kind }, namespace, name }: Info): string =>
  [group, version, kind, namespace, name].filter((part) => part !== '').join('.');

async function diffOne(session: Session, info: Info, name: string): Promise<string> {
  if (!info.object) return '';
  const live = await findObject(session, info);
  const merged = live
    ? await wouldBe(session, info, info.object, live)
    : await wouldCreate(session, info, info.object);
  const shown = maskSecrets(live && asShown(live), asShown(merged));
  const before = shown.before === undefined ? '' : printYaml(shown.before);
  const after = printYaml(shown.after);
  if (before === after) return '';
  const from = `/tmp/LIVE-${session.env.timer.now()}/${name}`;
  const to = `/tmp/MERGED-${session.env.timer.now()}/${name}`;
  return `diff -u -N ${from} ${to}\n${unifiedDiff(before, after, from, to, session.env.timer.now())}`;
}

const asShown = (object: KubeObject) => withoutManagedFields(object) as KubeObject;

/** A comparison is about what was meant, so the annotation that an apply would write is no part of it. */
async function wouldBe(
  session: Session,
  info: Info,
  object: KubeObject,
  live: KubeObject,
): Promise<KubeObject> {
  const modified = withoutLastApplied(object);
  const map = (each: KubeObject) => each as unknown as Readonly<Record<string, unknown>>;
  const patch = threeWayPatch(lastApplied(live) ?? {}, map(modified), map(live), schemaOf(object));
  if (Object.keys(patch).length === 0) return live;
  const answer = await session.client.patch(info.resource, info.namespace, info.name, 'strategic', patch, {
    dryRun: true,
    fieldManager: 'kubectl-client-side-apply',
  });
  return session.heed(answer);
}

async function wouldCreate(session: Session, info: Info, object: KubeObject): Promise<KubeObject> {
  const answer = await session.client.create(info.resource, info.namespace, unversioned(object), {
    dryRun: true,
  });
  return session.heed(answer);
}
