import type { KubeObject } from '../../api';
import { bool, duration, int, list, text } from '../flags';
import { replaceManual } from '../manual';
import { objectPrinter } from '../printers';
import { findTargets, type Info } from '../resources';
import type { Command, ParsedArgs, UsageError } from '../seams';
import {
  asFailure,
  fail,
  isNotFound,
  openSession,
  type Session,
  throwAll,
  withSource,
  writeOptions,
} from '../session';
import { awaitObject, findObject, withDeadline } from '../waiting';
import { badCascade, cascadeOf } from './cascade';
import { LAST_APPLIED, withLastApplied } from './last-applied';
import { unversioned } from './unversioned';
import { fieldValidation } from './validation';

const GONE_TIMEOUT_MS = 168 * 3_600_000;

/** `kubectl replace`. */
export const replace: Command<ParsedArgs> = {
  ...replaceManual,
  options(args) {
    if (!cascadeOf(args)) return badCascade(args);
    if (list(args, 'filename').length === 0 && text(args, 'kustomize') === '')
      return fail('must specify one of -f and -k');
    return withoutForce(args) ?? args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: [],
      // What is deleted first is looked at only when it is made anew.
      validate: fieldValidation(args) !== 'Ignore' && !bool(args, 'force'),
      labelSelector: '',
    });
    const errors: Error[] = [...targets.errors];
    // All are gone before the first is made anew.
    const steps = bool(args, 'force') ? [removeOne, createAnew] : [replaceOne];
    for (const step of steps) {
      for (const info of targets.infos) {
        try {
          await step(session, info);
        } catch (error) {
          errors.push(asFailure(error));
        }
      }
    }
    throwAll(errors);
    if (targets.infos.length === 0) throw fail('no objects passed to replace');
    return 0;
  },
};

/** What is said of deleting means nothing where nothing is deleted, and a deletion cannot be tried out. */
function withoutForce(args: ParsedArgs): UsageError | undefined {
  const forced = bool(args, 'force');
  if (!forced && int(args, 'grace-period', -1) >= 0)
    return fail('--grace-period must have --force specified');
  if (!forced && duration(args, 'timeout', 0) !== 0) return fail('--timeout must have --force specified');
  const dry = text(args, 'dry-run', 'none') !== 'none';
  return forced && dry ? fail('--dry-run can not be used when --force is set') : undefined;
}

async function replaceOne(session: Session, info: Info): Promise<void> {
  const print = objectPrinter(session, { operation: 'replaced' });
  if (!info.object) return;
  if (session.dryRun === 'client') {
    await session.out(print(info.object));
    return;
  }
  try {
    // What is not there is put there, where the server lets it.
    const current = await findObject(session, info);
    const annotated =
      current?.metadata.annotations?.[LAST_APPLIED] !== undefined || bool(session.args, 'save-config');
    const given = annotated && bool(session.args, 'save-config') ? withLastApplied(info.object) : info.object;
    const resourceVersion = given.metadata.resourceVersion ?? current?.metadata.resourceVersion;
    const body = {
      ...given,
      metadata: { ...given.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    } as KubeObject;
    const answer = await session.client.update(info.resource, info.namespace, body, {
      ...writeOptions(session, 'kubectl-replace'),
      fieldValidation: fieldValidation(session.args),
    });
    await session.out(print(await session.heed(answer)));
  } catch (error) {
    throw withSource('replacing', info.source, error);
  }
}

/** `--force`: deletes and waits. */
async function removeOne(session: Session, info: Info): Promise<void> {
  if (!info.object) return;
  try {
    await session.client.delete(info.resource, info.namespace, info.name, {
      gracePeriodSeconds: 0,
      propagationPolicy: cascadeOf(session.args),
    });
    const kind =
      info.resource.group === ''
        ? info.resource.kind.toLowerCase()
        : `${info.resource.kind.toLowerCase()}.${info.resource.group}`;
    const from = info.resource.namespaced ? ` from ${info.namespace} namespace` : '';
    await session.out(`${kind} "${info.name}" deleted${from}\n`);
    if (await findObject(session, info)) {
      await withDeadline(session, GONE_TIMEOUT_MS, (cancel) =>
        awaitObject(session, info, cancel, (object) => object === undefined),
      );
    }
  } catch (error) {
    if (!isNotFound(error)) throw withSource('deleting', info.source, error);
  }
}

async function createAnew(session: Session, info: Info): Promise<void> {
  if (!info.object) return;
  const answer = await session.client.create(
    info.resource,
    info.namespace,
    unversioned(info.object),
    writeOptions(session, 'kubectl-replace'),
  );
  await session.out(objectPrinter(session, { operation: 'replaced' })(await session.heed(answer)));
}
