import { type Files, packTar, type TarEntry, unpackTar } from '../../base';
import { bool } from '../flags';
import { cpManual } from '../manual';
import type { Command, ParsedArgs } from '../seams';
import { absolutePath, ExitError, fail, openSession, type Session } from '../session';
import { runInPod } from './run-in-pod';

/** One side of a copy: `[[namespace/]pod:]path`. */
interface Side {
  readonly namespace: string;
  readonly pod: string;
  readonly path: string;
}

/** `kubectl cp`: archives that the container's own tar makes and reads. */
export const cp: Command<ParsedArgs> = {
  ...cpManual,
  options: (args) => (args.positional.length === 2 ? args : fail('source and destination are required')),
  async run(args, env) {
    const session = openSession(args, env);
    const [from = '', to = ''] = args.positional;
    const source = sideOf(session, from);
    const target = sideOf(session, to);
    if (source.pod !== '' && target.pod !== '')
      throw fail('one of src or dest must be a local file specification');
    if (source.path === '' || target.path === '') throw fail('filepath can not be empty');
    if (source.pod !== '') await download(session, source, target.path);
    else if (target.pod !== '') await upload(session, source.path, target);
    else throw fail('one of src or dest must be a remote file specification');
    return 0;
  },
};

function sideOf(session: Session, word: string): Side {
  const colon = word.indexOf(':');
  if (colon < 0) return { namespace: '', pod: '', path: word };
  const path = word.slice(colon + 1);
  if (colon === 0) throw fail('filespec must match the canonical format: [[namespace/]pod:]file/path');
  const [namespace = '', pod, ...more] = word.slice(0, colon).split('/');
  if (more.length > 0) throw fail('filespec must match the canonical format: [[namespace/]pod:]file/path');
  return pod === undefined
    ? { namespace: session.namespace, pod: namespace, path }
    : { namespace, pod, path };
}

/** A path without its slashes at the front, and without what would lead out of the container's root. */
const memberName = (path: string): string => absolutePath(path, '/').slice(1);

/** Two blocks of nothing. */
const ARCHIVE_END = '\0'.repeat(1024);

async function download(session: Session, source: Side, to: string): Promise<void> {
  const { files, cwd } = session.env;
  let archive = '';
  // What comes once the archive is whole is heard by nobody: upstream's command has ended by then.
  const isWhole = () => archive.endsWith(ARCHIVE_END);
  const status = await runInPod(session, source, ['tar', 'cf', '-', source.path], {
    out: (piece) => {
      archive += piece;
    },
    err: async (piece) => {
      if (!isWhole()) await session.out(piece);
    },
  });
  const entries = unpackTar(archive) ?? [];
  const prefix = memberName(source.path);
  for (const entry of entries) {
    if (!entry.name.startsWith(prefix)) throw fail('tar contents corrupted');
    const rest = entry.name.slice(prefix.length);
    const path = absolutePath(`${to}${rest}`, cwd);
    makeFolders(session, path.slice(0, path.lastIndexOf('/')));
    if (entry.kind === 'directory') makeFolders(session, path);
    else if (files.stat(path)?.kind === 'directory') throw fail(`open ${to}${rest}: is a directory`);
    else files.write(path, entry.text);
  }
  if (status !== 0 && !isWhole()) throw new ExitError(status, `command terminated with exit code ${status}`);
}

function makeFolders({ env: { files } }: Session, path: string): void {
  let at = '';
  for (const part of path.split('/').filter((each) => each !== '')) {
    at += `/${part}`;
    if (!files.stat(at)) files.mkdir(at);
  }
}

async function upload(session: Session, from: string, target: Side): Promise<void> {
  const { files, cwd } = session.env;
  const path = absolutePath(from, cwd);
  if (!files.stat(path)) throw fail(`${from} doesn't exist in local filesystem`);
  const isFolder = await runInPod(session, target, ['test', '-d', target.path], { out: () => {} });
  const base = path.slice(path.lastIndexOf('/') + 1);
  const there = clean(isFolder === 0 ? `${target.path}/${base}` : target.path);
  const slash = there.lastIndexOf('/');
  const folder = slash < 0 ? '.' : there.slice(0, slash) || '/';
  const keep = bool(session.args, 'no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : [];
  const archive = packTar(entriesOf(files, path, there.slice(slash + 1)));
  const status = await runInPod(session, target, ['tar', ...keep, '-xmf', '-', '-C', folder], {
    input: archive,
    out: (piece) => session.out(piece),
    err: (piece) => session.err(piece),
  });
  if (status !== 0) throw new ExitError(status, `command terminated with exit code ${status}`);
}

/** path.Clean: no double slash, none at the end. */
const clean = (path: string): string => path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');

/** A file, or all files of a folder and its empty folders (recursiveTar). */
function entriesOf(files: Files, path: string, name: string): readonly TarEntry[] {
  const stat = files.stat(path);
  if (!stat) return [];
  const { kind, mode, modifiedAt } = stat;
  if (kind === 'file') return [{ name, kind, mode, modifiedAt, text: files.read(path) }];
  const names = files.list(path);
  if (names.length === 0) return [{ name, kind, mode, modifiedAt, text: '' }];
  return names.flatMap((each) => entriesOf(files, `${path}/${each}`, `${name}/${each}`));
}
