import type { Pod } from '../../api';
import { createCancel, type Files } from '../../base';
import { text } from '../flags';
import { cpManual } from '../manual';
import { fetchInfo } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { absolutePath, fail, openSession, type Session } from '../session';
import { chooseContainer } from './pick-pod';

/** One side of a copy: `[[namespace/]pod:]path`. */
interface Side {
  readonly namespace: string;
  readonly pod: string;
  readonly path: string;
}

/** `kubectl cp`: single files; folders would need a tar that no container here has. */
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
  const [namespace = '', pod, ...more] = word.slice(0, colon).split('/');
  if (more.length > 0) throw fail('Filespec must match the canonical format: [[namespace/]pod:]file/path');
  return pod === undefined
    ? { namespace: session.namespace, pod: namespace, path }
    : { namespace, pod, path };
}

const PODS = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  singular: 'pod',
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: [],
  subresources: [],
};

/** Runs a command in the container and gathers what it says. */
async function inside(
  session: Session,
  { namespace, pod }: Side,
  command: readonly string[],
  input?: string,
): Promise<{ readonly out: string; readonly err: string; readonly status: number }> {
  const object = (await fetchInfo(session, { resource: PODS, namespace, name: pod, source: '' })) as Pod;
  const container = await chooseContainer(session, object, text(session.args, 'container'), false);
  const seen = { out: '', err: '' };
  const into = (which: keyof typeof seen) => ({
    async write(piece: string) {
      seen[which] += piece;
    },
  });
  let left = input;
  const status = await session.client.exec(
    namespace,
    pod,
    { container, command },
    {
      stdin:
        input === undefined
          ? undefined
          : {
              read: async () => {
                const piece = left;
                left = undefined;
                return piece;
              },
            },
      stdout: into('out'),
      stderr: into('err'),
      tty: false,
      cancel: createCancel(session.env.streams.cancel),
    },
  );
  return { ...seen, status };
}

const NO_TAR = 'folders cannot be copied here: the containers of this simulated cluster have no tar';
const nameOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';

async function download(session: Session, source: Side, to: string): Promise<void> {
  const isFolder = await inside(session, source, ['test', '-d', source.path]);
  if (isFolder.status === 0) throw fail(NO_TAR);
  const read = await inside(session, source, ['cat', source.path]);
  if (read.status !== 0)
    throw fail(`tar: ${source.path.replace(/^\//, '')}: Cannot stat: No such file or directory`);
  const { files, cwd } = session.env;
  const target = absolutePath(to, cwd);
  const path = files.stat(target)?.kind === 'directory' ? `${target}/${nameOf(source.path)}` : target;
  writeLocal(files, path, read.out);
}

function writeLocal(files: Files, path: string, contents: string): void {
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  if (files.stat(folder)?.kind !== 'directory') throw fail(`open ${path}: no such file or directory`);
  files.write(path, contents);
}

async function upload(session: Session, from: string, target: Side): Promise<void> {
  const { files, cwd } = session.env;
  const path = absolutePath(from, cwd);
  const info = files.stat(path);
  if (!info) throw fail(`${from} doesn't exist in local filesystem`);
  if (info.kind === 'directory') throw fail(NO_TAR);
  const script = 'if [ -d "$1" ]; then cat > "$1/$2"; else cat > "$1"; fi';
  const written = await inside(
    session,
    target,
    ['sh', '-c', script, 'sh', target.path, nameOf(from)],
    files.read(path),
  );
  if (written.status !== 0)
    throw fail(written.err.trim() || `command terminated with exit code ${written.status}`);
}
