import { bool, duration, int, text } from '../flags';
import { deleteManual } from '../manual';
import { findTargets, type Info, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { asFailure, fail, isNotFound, openSession, type Session, throwAll, withSource } from '../session';
import { awaitObject, INTERRUPTED, withDeadline } from '../waiting';
import { badCascade, type Cascade, cascadeOf } from './cascade';

/** kubectl waits "for ever" for a week. */
const WEEK_MS = 7 * 24 * 3_600_000;

/** What `delete` was asked to do. */
export interface DeleteRequest {
  readonly args: ParsedArgs;
  readonly grace: number;
  readonly force: boolean;
  readonly cascade: Cascade;
}

/** `kubectl delete`. */
export const del: Command<DeleteRequest> = {
  ...deleteManual,
  options(args) {
    const force = bool(args, 'force');
    const now = bool(args, 'now');
    let grace = int(args, 'grace-period', -1);
    const cascade = cascadeOf(args);
    if (!cascade) return badCascade(args);
    if (now && grace !== -1) return fail('--now and --grace-period cannot be specified together');
    if (now) grace = 1;
    if (grace === 0 && !force) grace = 1;
    if (force && grace < 0) grace = 0;
    return { args, grace, force, cascade };
  },
  async run(request, env) {
    const { args, grace, force } = request;
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: args.positional,
      all: bool(args, 'all'),
      allNamespaces: bool(args, 'all-namespaces'),
    });
    const output = text(args, 'output');
    if (output !== '' && output !== 'name') {
      throw fail(`unexpected -o output mode: ${output}. We only support '-o name'`);
    }
    if (force && grace > 0) {
      throw fail('--force and --grace-period greater than 0 cannot be specified together');
    }
    if (force && grace === 0) {
      await session.err(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
      );
    }
    const bulk = targets.kind === 'lists';
    const forgiving = bool(args, 'ignore-not-found', bulk);
    const loaded = bulk
      ? await loadTargets(session, targets, { continueOnError: true, ignoreNotFound: forgiving })
      : { infos: targets.infos, errors: targets.errors };
    return deleteAll(session, request, loaded.infos, loaded.errors, forgiving);
  },
};

async function deleteAll(
  session: Session,
  request: DeleteRequest,
  infos: readonly Info[],
  before: readonly Error[],
  forgiving: boolean,
): Promise<number> {
  const errors = [...before];
  const gone: { readonly info: Info; readonly uid: string | undefined }[] = [];
  const warnScope = session.namespaceGiven && !bool(session.args, 'all-namespaces');
  if (warnScope && infos.some((info) => !info.resource.namespaced)) {
    await session.err('Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
  }
  for (const info of infos) {
    try {
      gone.push({ info, uid: await deleteOne(session, request, info) });
    } catch (error) {
      if (forgiving && isNotFound(error)) continue;
      errors.push(asFailure(withSource('deleting', info.source, error)));
    }
  }
  throwAll(errors);
  if (infos.length === 0) {
    await session.out('No resources found\n');
    return 0;
  }
  if (!bool(session.args, 'wait', true) || session.dryRun !== 'none') return 0;
  return waitGone(session, gone);
}

/** Deletes one object and says so; answers its uid. */
async function deleteOne(session: Session, request: DeleteRequest, info: Info): Promise<string | undefined> {
  if (session.dryRun === 'client') {
    await session.out(deletedLine(session, request, info));
    return undefined;
  }
  if (info.name === '') throw fail('resource name may not be empty');
  const answer = await session.client.delete(info.resource, info.namespace, info.name, {
    ...(request.grace >= 0 ? { gracePeriodSeconds: request.grace } : {}),
    ...(session.dryRun === 'server' ? { dryRun: true } : {}),
    propagationPolicy: request.cascade,
  });
  const object = await session.heed(answer);
  await session.out(deletedLine(session, request, info));
  if (object.kind === 'Status') {
    const { details } = object as unknown as { details?: { uid?: string } };
    return details?.uid;
  }
  return object.metadata.uid;
}

function deletedLine(session: Session, request: DeleteRequest, info: Info): string {
  const { resource, name, namespace } = info;
  const kind = resource.kind.toLowerCase();
  const type = resource.group === '' ? kind : `${kind}.${resource.group}`;
  if (text(session.args, 'output') === 'name') return `${type}/${name}\n`;
  const operation = request.grace === 0 ? 'force deleted' : 'deleted';
  const from = resource.namespaced ? ` from ${namespace} namespace` : '';
  const dry =
    session.dryRun === 'client' ? ' (dry run)' : session.dryRun === 'server' ? ' (server dry run)' : '';
  return `${type} "${name}" ${operation}${from}${dry}\n`;
}

/** Waits until every object, or rather the one of that uid, is gone. */
async function waitGone(
  session: Session,
  gone: readonly { readonly info: Info; readonly uid: string | undefined }[],
): Promise<number> {
  const limit = duration(session.args, 'timeout', 0);
  const start = session.env.timer.now();
  for (const { info, uid } of gone) {
    const left = (limit <= 0 ? WEEK_MS : limit) - (session.env.timer.now() - start);
    const ending = await withDeadline(session, Math.max(0, left), (cancel) =>
      awaitObject(
        session,
        info,
        cancel,
        (object) => object === undefined || (uid !== undefined && object.metadata.uid !== uid),
      ),
    );
    if (ending === 'interrupted') return INTERRUPTED;
    if (ending === 'timeout') {
      throw fail(`timed out waiting for the condition on ${info.resource.resource}/${info.name}`);
    }
  }
  return 0;
}
