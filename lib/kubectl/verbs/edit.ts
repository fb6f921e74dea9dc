import { type KubeObject, StatusError } from '../../api';
import { isRecord, printYaml, readYaml } from '../../base';
import { bool, list } from '../flags';
import { editManual } from '../manual';
import { schemaOf, threeWayPatch } from '../patch';
import { objectPrinter, withoutManagedFields } from '../printers';
import { findTargets, type LoadedInfo, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import {
  describeFailure,
  ExitError,
  fail,
  openSession,
  type Session,
  throwAll,
  writeOptions,
} from '../session';

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

/** `kubectl edit`. */
export const edit: Command<ParsedArgs> = {
  ...editManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: args.positional,
      allowEmptySelector: list(args, 'filename').length === 0,
      labelSelector: '',
    });
    const loaded = await loadTargets(session, targets, { latest: true, continueOnError: true });
    throwAll(loaded.errors);
    if (loaded.infos.length === 0) throw fail('edit cancelled, no objects found');
    for (const info of loaded.infos) await editOne(session, info);
    return 0;
  },
};

/** Opens the object until what is saved is accepted, unchanged or empty. */
async function editOne(session: Session, info: LoadedInfo): Promise<void> {
  const { env } = session;
  if (!env.openEditor)
    throw fail(
      'unable to launch the editor "vi": there is no editor here; use kubectl patch or kubectl apply',
    );
  const shown = bool(session.args, 'show-managed-fields')
    ? info.object
    : (withoutManagedFields(info.object) as KubeObject);
  const original = printYaml(shown);
  const path = `/tmp/kubectl-edit-${info.name}.yaml`;
  if (!env.files.stat('/tmp')) env.files.mkdir('/tmp');
  let body = original;
  let complaint = '';
  for (;;) {
    const offered = `${HEAD}${complaint}${body}`;
    env.files.write(path, offered);
    await env.openEditor(path);
    const saved = env.files.read(path);
    const kept = saved
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .join('\n');
    if (kept.trim() === '') throw await cancelled(session, path, 'Edit cancelled, saved file was empty.');
    if (kept === body || saved === offered) {
      if (complaint !== '') throw fail(`Edit cancelled, no valid changes were saved.`);
      throw await cancelled(session, path, 'Edit cancelled, no changes made.');
    }
    body = kept;
    const failure = await save(session, info, shown, kept);
    if (failure === undefined) {
      env.files.remove(path);
      return;
    }
    complaint = `# ${failure.replaceAll('\n', '\n# ')}\n#\n`;
    if (env.streams.cancel.cancelled) throw fail(failure);
  }
}

async function cancelled(session: Session, path: string, words: string): Promise<Error> {
  session.env.files.remove(path);
  await session.err(`${words}\n`);
  return new ExitError(0);
}

/** Sends the difference; answers what the server says against it. */
async function save(
  session: Session,
  info: LoadedInfo,
  before: KubeObject,
  text: string,
): Promise<string | undefined> {
  const read = readYaml(text);
  if ('error' in read)
    return `The edited file had a syntax error: error converting YAML to JSON: ${read.error}`;
  if (!isRecord(read.value)) return 'The edited file had a syntax error: it is not an object';
  const source = before as unknown as Readonly<Record<string, unknown>>;
  const patch = threeWayPatch(source, read.value, source, schemaOf(info.object));
  if (Object.keys(patch).length === 0) {
    await session.err(`Edit cancelled, no changes made.\n`);
    return undefined;
  }
  try {
    const answer = await session.client.patch(info.resource, info.namespace, info.name, 'strategic', patch, {
      ...writeOptions(session, 'kubectl-edit'),
      fieldValidation: 'Strict',
    });
    await session.out(objectPrinter(session, { operation: 'edited' })(await session.heed(answer)));
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { text: message } = describeFailure(error);
    await session.err(`error: ${info.resource.resource} "${info.name}" is invalid\n`);
    return message.trimEnd();
  }
}
