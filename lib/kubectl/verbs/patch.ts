import { type PatchType, StatusError } from '../../api';
import { deepEqual, isRecord, jsonPatch, mergePatch, PatchError, readYaml } from '../../base';
import { text } from '../flags';
import { patchManual } from '../manual';
import { mergeLocally, schemaOf } from '../patch';
import { objectPrinter } from '../printers';
import { type LoadedInfo, visitTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { absolutePath, fail, openSession, type Session, writeOptions } from '../session';
import { noteCause } from './note-cause';

/** `kubectl patch`. */
export const patch: Command<ParsedArgs> = {
  ...patchManual,
  options(args) {
    const given = text(args, 'patch') !== '';
    const file = text(args, 'patch-file') !== '';
    if (given && file) return fail('cannot specify --patch and --patch-file together');
    if (!given && !file)
      return fail('must specify --patch or --patch-file containing the contents of the patch');
    const type = text(args, 'type', 'strategic').toLowerCase();
    return type === 'json' || type === 'merge' || type === 'strategic'
      ? args
      : fail(`--type must be one of [json merge strategic], not "${text(args, 'type')}"`);
  },
  async run(args, env) {
    const session = openSession(args, env);
    const body = readPatch(session);
    const type = text(args, 'type', 'strategic').toLowerCase() as PatchType;
    await visitTargets(session, { words: args.positional, labelSelector: '' }, (info) =>
      patchOne(session, info, type, body),
    );
    return 0;
  },
};

function readPatch(session: Session): unknown {
  const { args, env } = session;
  const path = text(args, 'patch-file');
  let source = text(args, 'patch');
  if (path !== '') {
    const absolute = absolutePath(path, env.cwd);
    if (env.files.stat(absolute)?.kind !== 'file') {
      throw fail(`unable to read patch file: open ${path}: no such file or directory`);
    }
    source = env.files.read(absolute);
  }
  const read = readYaml(source);
  if ('error' in read) {
    const words = /^\s*[{[]/.test(source) ? jsonSyntaxError(source) : undefined;
    if (words !== undefined) throw badRequest(words);
    throw fail(`unable to parse "${source}": ${read.error}`);
  }
  if (/^\s*\{/.test(source)) {
    const words = jsonSyntaxError(source);
    if (words !== undefined && !isRecord(read.value)) throw badRequest(words);
    if (words !== undefined && Object.values(read.value as object).every((each) => each === null))
      throw badRequest(words);
  }
  return read.value;
}

const badRequest = (message: string) =>
  new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'BadRequest',
    code: 400,
  });

/** encoding/json's words for text that starts like JSON but is none; undefined when it parses. */
function jsonSyntaxError(source: string): string | undefined {
  const key = /^\s*\{\s*([^"}\s])/.exec(source)?.[1];
  if (key !== undefined) return `invalid character '${key}' looking for beginning of object key string`;
  try {
    JSON.parse(source);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return 'unexpected end of JSON input';
    throw error;
  }
}

async function patchOne(session: Session, info: LoadedInfo, type: PatchType, body: unknown): Promise<void> {
  if (session.dryRun === 'client') {
    await told(session, info, locally(info, type, body));
    return;
  }
  const subresource = text(session.args, 'subresource');
  const answer = await session.client.patch(info.resource, info.namespace, info.name, type, body, {
    ...writeOptions(session, 'kubectl-patch'),
    ...(subresource === '' ? {} : { subresource }),
  });
  const changed = await session.heed(answer);
  if (session.dryRun === 'none') await noteCause(session, info);
  await told(session, info, changed);
}

/** Of a dry run, here or on the server, nothing is said. */
async function told(session: Session, info: LoadedInfo, changed: unknown): Promise<void> {
  const operation = deepEqual(info.object, changed) ? 'patched (no change)' : 'patched';
  await session.out(objectPrinter({ ...session, dryRun: 'none' }, { operation })(changed));
}

function locally(info: LoadedInfo, type: PatchType, body: unknown): unknown {
  const object: unknown = info.object;
  if (type === 'merge') return mergePatch(object, body);
  if (type === 'strategic') {
    return isRecord(object) && isRecord(body) ? mergeLocally(object, body, schemaOf(info.object)) : object;
  }
  try {
    return jsonPatch(object, body);
  } catch (error) {
    if (error instanceof PatchError) throw fail(error.message);
    throw error;
  }
}
