import { type KubeObject, StatusError } from '../../api';
import { bool, duration, int, text } from '../flags';
import { scaleManual } from '../manual';
import { objectPrinter } from '../printers';
import { findTargets, type LoadedInfo, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, type Session, throwAll } from '../session';
import { awaitObject, INTERRUPTED, withDeadline } from '../waiting';
import { noteCause } from './note-cause';
import { requireFlags } from './require-flags';

/** How often a conflicting update is tried again. */
const SCALE_RETRIES = 5;

interface Sized {
  readonly replicas?: number;
}

/** `kubectl scale`. */
export const scale: Command<ParsedArgs> = {
  ...scaleManual,
  options(args) {
    const missing = requireFlags(args, ['replicas']);
    if (missing) return missing;
    if (int(args, 'replicas', 0) < 0) {
      return fail('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    }
    return int(args, 'current-replicas', -1) < -1
      ? fail('The --current-replicas must specify an integer of -1 or greater')
      : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: args.positional,
      allowEmptySelector: bool(args, 'all'),
    });
    const loaded = await loadTargets(session, targets, { continueOnError: true });
    if (text(args, 'resource-version') !== '' && loaded.infos.length > 1) {
      throw fail('cannot use --resource-version with multiple resources');
    }
    if (loaded.infos.length === 0) {
      throwAll(loaded.errors);
      throw fail('no objects passed to scale');
    }
    for (const info of loaded.infos) {
      const status = await scaleOne(session, info);
      if (status !== 0) return status;
    }
    throwAll(loaded.errors);
    return 0;
  },
};

async function scaleOne(session: Session, info: LoadedInfo): Promise<number> {
  const { args } = session;
  const replicas = int(args, 'replicas', 0);
  if (session.dryRun !== 'client') await resize(session, info, replicas);
  if (session.dryRun === 'none') await noteCause(session, info);
  const { spec } = info.object as unknown as { spec?: object };
  const shown = { ...info.object, spec: { ...spec, replicas } };
  const limit = duration(args, 'timeout', 0);
  if (limit > 0 && session.dryRun === 'none') {
    const ending = await withDeadline(session, limit, (cancel) =>
      awaitObject(session, info, cancel, (object) => reached(object, replicas)),
    );
    if (ending === 'interrupted') return INTERRUPTED;
    if (ending === 'timeout') throw fail('timed out waiting for the condition');
  }
  await session.out(objectPrinter(session, { operation: 'scaled' })(shown));
  return 0;
}

function reached(object: KubeObject | undefined, replicas: number): boolean {
  const { spec, status } = (object ?? {}) as { spec?: Sized; status?: Sized };
  return spec?.replicas === replicas && (status?.replicas ?? 0) === replicas;
}

/** Reads and writes the scale subresource, trying again when it conflicts. */
async function resize(session: Session, info: LoadedInfo, replicas: number): Promise<void> {
  const { client, args } = session;
  const current = int(args, 'current-replicas', -1);
  const version = text(args, 'resource-version');
  const dry = session.dryRun === 'server' ? { dryRun: true } : {};
  if (!info.resource.subresources.includes('scale')) throw noScale();
  if (current === -1 && version === '') {
    await session.heed(
      await client.patch(
        info.resource,
        info.namespace,
        info.name,
        'merge',
        { spec: { replicas } },
        { ...dry, subresource: 'scale' },
      ),
    );
    return;
  }
  for (let attempt = 0; ; attempt += 1) {
    const scaleObject = await client.get(info.resource, info.namespace, info.name, 'scale');
    const { spec } = scaleObject as unknown as { spec?: Sized };
    if (current !== -1 && (spec?.replicas ?? 0) !== current) {
      throw fail(`Expected replicas to be ${current}, was ${spec?.replicas ?? 0}`);
    }
    if (version !== '' && scaleObject.metadata.resourceVersion !== version) {
      throw fail(`Expected resource version to be ${version}, was ${scaleObject.metadata.resourceVersion}`);
    }
    const next = { ...scaleObject, spec: { ...spec, replicas } } as KubeObject;
    try {
      await session.heed(
        await client.update(info.resource, info.namespace, next, { ...dry, subresource: 'scale' }),
      );
      return;
    } catch (error) {
      if (!(error instanceof StatusError) || error.reason !== 'Conflict' || attempt >= SCALE_RETRIES)
        throw error;
    }
  }
}

const noScale = () =>
  new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'the server could not find the requested resource',
    reason: 'NotFound',
    code: 404,
  });
