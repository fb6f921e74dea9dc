import type { KubeObject } from '../../../api';
import { deepEqual, goJson, printYaml, readYaml } from '../../../base';
import { bool, text } from '../../flags';
import { documentInfo, flattenDocument, parseDocuments } from '../../manifests';
import { withoutManagedFields } from '../../printers';
import { type LoadedInfo, qualifiedName } from '../../resources';
import { asFailure, ExitError, fail, type Session } from '../../session';
import { type EditResults, newResults, reason } from './edit-results';
import { launchEditor } from './launch-editor';

const HEADS = {
  object: `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`,
  annotations: `# Please edit the 'last-applied-configuration' annotations below.
# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.
#
`,
} as const;

/**
 * Opens objects in the editor, one or as a List, until what is saved is taken, unchanged, empty or twice the same mistake;
 * `work` does something with each edited object and notes what stands against it (EditOptions.Run). Answers the exit status.
 */
export async function editEach(
  session: Session,
  infos: readonly LoadedInfo[],
  what: keyof typeof HEADS,
  work: (edited: LoadedInfo, results: EditResults) => Promise<void>,
): Promise<number> {
  const { files } = session.env;
  const original = printed(session, infos);
  let path = '';
  let before: string | undefined;
  let results = newResults();
  const attempt = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      const failure = asFailure(error);
      if (path !== '' && files.stat(path))
        await session.err(`A copy of your changes has been stored to ${JSON.stringify(path)}\n`);
      throw failure;
    }
  };
  for (;;) {
    const previous = path;
    const fresh = tempFile(session);
    files.write(fresh, `${HEADS[what]}${results.reasons.join('')}${before ?? original}`);
    await attempt(() => launchEditor(session, fresh));
    const saved = withoutComments(files.read(fresh));
    path = fresh;
    if (before !== undefined && isSame(saved, before)) {
      return attempt(async () => {
        throw fail('Edit cancelled, no valid changes were saved.');
      });
    }
    if (previous !== '') files.remove(previous);
    if (isSame(saved, original)) {
      files.remove(path);
      await session.err('Edit cancelled, no changes made.\n');
      return 0;
    }
    results = newResults();
    const edited = await readEdited(session, saved, infos[0], results);
    if (edited !== undefined) {
      await attempt(async () => {
        for (const each of edited) requireNamespace(session, each);
        for (const each of edited) await work(each, results);
      });
      if (results.retryable > 0) {
        await session.err(`You can run \`kubectl replace -f ${path}\` to try this update again.\n`);
        throw new ExitError(1);
      }
      if (results.notFound > 0) {
        const where = JSON.stringify(path);
        await session.err(`The edits you made on deleted resources have been saved to ${where}\n`);
        throw new ExitError(1);
      }
      if (results.reasons.length === 0) {
        files.remove(path);
        return 0;
      }
    }
    if (session.env.streams.cancel.cancelled) throw new ExitError(1);
    before = saved;
  }
}

/** An object stays in the namespace that is worked in (resource.RequireNamespace). */
function requireNamespace({ namespace }: Session, { resource, namespace: given }: LoadedInfo): void {
  if (!resource.namespaced || given === '' || given === namespace) return;
  throw fail(
    `the namespace from the provided object "${given}" does not match the namespace "${namespace}". You must pass '--namespace=${given}' to perform this operation.`,
  );
}

/** The text to edit: an object, or several as a List. */
function printed(session: Session, infos: readonly LoadedInfo[]): string {
  const shown = infos.map(({ object }) => withoutManagedFields(object) as KubeObject);
  const [only] = shown;
  const whole =
    shown.length === 1 && only ? only : { apiVersion: 'v1', items: shown, kind: 'List', metadata: {} };
  return text(session.args, 'output') === 'json' ? `${goJson(whole, '    ')}\n` : printYaml(whole);
}

/** `/tmp/kubectl-edit-<digits>.yaml`. */
function tempFile(session: Session): string {
  const { files, random } = session.env;
  if (!files.stat('/tmp')) files.mkdir('/tmp');
  const digits = Math.floor(random.next() * 2 ** 32);
  const isJson = text(session.args, 'output') === 'json' && !bool(session.args, 'help');
  return `/tmp/kubectl-edit-${digits}.${isJson ? 'json' : 'yaml'}`;
}

const withoutComments = (saved: string): string =>
  saved
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n');

/** Two texts compare by what they say (StripComments). */
function isSame(one: string, other: string): boolean {
  const [a, b] = [readYaml(one), readYaml(other)];
  return 'error' in a || 'error' in b ? one.trim() === other.trim() : deepEqual(a.value, b.value);
}

/** The objects of the edited text; undefined when it is none, which is noted. */
async function readEdited(
  session: Session,
  saved: string,
  first: LoadedInfo | undefined,
  results: EditResults,
): Promise<readonly LoadedInfo[] | undefined> {
  const known = await session.resources();
  if (saved.trim() === '') {
    results.reasons.push(reason('The edited file failed validation: EOF'));
    if (first) await session.err(`error: ${qualifiedName(first.resource)} "${first.name}" is invalid\n`);
    return undefined;
  }
  const wrong = (error: Error) => {
    results.reasons.push(reason(`The edited file had a syntax error: ${error.message}`));
  };
  const found: LoadedInfo[] = [];
  for (const document of parseDocuments(saved, 'edited-file')) {
    if ('error' in document) {
      wrong(document.error);
      if (first) await session.err(`error: ${qualifiedName(first.resource)} "${first.name}" is invalid\n`);
      return undefined;
    }
    for (const each of flattenDocument(document)) {
      const info = documentInfo(each, known);
      if ('error' in info) {
        wrong(info.error);
        return undefined;
      }
      if (info.object) found.push({ ...info, object: info.object });
    }
  }
  return found;
}
