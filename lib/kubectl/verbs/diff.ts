import type { KubeObject } from '../../api';
import { printYaml } from '../../base';
import { list } from '../flags';
import { diffManual } from '../manual';
import { schemaOf, threeWayPatch } from '../patch';
import { withoutManagedFields } from '../printers';
import { findTargets, type Info } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { ExitError, fail, openSession, type Session, throwAll } from '../session';
import { findObject } from '../waiting';
import { lastApplied, withLastApplied } from './last-applied';
import { unifiedDiff } from './unified-diff';

/** `kubectl diff`: exits with 1 when there is a difference. */
export const diff: Command<ParsedArgs> = {
  ...diffManual,
  options: (args) => (list(args, 'filename').length === 0 ? fail('must specify one of -f and -k') : args),
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, { words: [], labelSelector: '' });
    throwAll(targets.errors);
    let different = false;
    for (const info of targets.infos) {
      const text = await diffOne(session, info);
      if (text === '') continue;
      different = true;
      await session.out(text);
    }
    if (different) throw new ExitError(1);
    return 0;
  },
};

async function diffOne(session: Session, info: Info): Promise<string> {
  if (!info.object) return '';
  const live = await findObject(session, info);
  const merged = live
    ? await wouldBe(session, info, info.object, live)
    : await wouldCreate(session, info, info.object);
  const before = live ? printYaml(withoutManagedFields(live)) : '';
  const after = printYaml(withoutManagedFields(merged));
  if (before === after) return '';
  const { group, version, kind } = info.resource;
  const name = [group, version, kind, info.namespace, info.name].filter((part) => part !== '').join('.');
  const from = `/tmp/LIVE-${session.env.timer.now()}/${name}`;
  const to = `/tmp/MERGED-${session.env.timer.now()}/${name}`;
  return `diff -u -N ${from} ${to}\n${unifiedDiff(before, after, from, to, session.env.timer.now())}`;
}

async function wouldBe(
  session: Session,
  info: Info,
  object: KubeObject,
  live: KubeObject,
): Promise<KubeObject> {
  const modified = withLastApplied(object);
  const map = (each: KubeObject) => each as unknown as Readonly<Record<string, unknown>>;
  const patch = threeWayPatch(lastApplied(live) ?? {}, map(modified), map(live), schemaOf(object));
  if (Object.keys(patch).length === 0) return live;
  const answer = await session.client.patch(info.resource, info.namespace, info.name, 'strategic', patch, {
    dryRun: true,
    fieldManager: 'kubectl-client-side-apply',
  });
  return answer.object;
}

async function wouldCreate(session: Session, info: Info, object: KubeObject): Promise<KubeObject> {
  const answer = await session.client.create(info.resource, info.namespace, object, { dryRun: true });
  return answer.object;
}
