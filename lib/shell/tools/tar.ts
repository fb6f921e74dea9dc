import { packTar, type TarEntry, unpackTar } from '../../base';
import { resolvePath, type Tool, type ToolContext, ToolError } from '../process';

/** What a command line of tar asks for. */
interface Asked {
  readonly mode: 'c' | 'x' | 't' | '';
  readonly file: string;
  readonly folder: string;
  readonly verbose: boolean;
  readonly names: readonly string[];
}

/** tar, as far as text files go: -c, -x and -t, to and from a file or a pipe, not compressed. */
export const tar: Tool = async (context) => {
  const asked = readArguments(context);
  if (asked.mode === '')
    throw new ToolError(
      `You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information.`,
      2,
    );
  return asked.mode === 'c' ? create(context, asked) : read(context, asked);
};

/** Letters in a bunch, with or without a dash; those with a value take the words that follow in turn. */
function readArguments({ args }: ToolContext): Asked {
  let asked: Asked = { mode: '', file: '-', folder: '', verbose: false, names: [] };
  const left = [...args];
  const take = (letter: string) => {
    if ('cxt'.includes(letter)) asked = { ...asked, mode: letter as 'c' };
    else if (letter === 'v') asked = { ...asked, verbose: true };
    else if (letter === 'f') asked = { ...asked, file: left.shift() ?? '-' };
    else if (letter === 'C') asked = { ...asked, folder: left.shift() ?? '' };
    else if ('zjJ'.includes(letter))
      throw new ToolError('compressed archives are not made here; leave out -z', 2);
    else if (!'mpoSk'.includes(letter))
      throw new ToolError(
        `invalid option -- '${letter}'\nTry 'tar --help' or 'tar --usage' for more information.`,
        64,
      );
  };
  for (let first = true; left.length > 0; first = false) {
    const word = left.shift() ?? '';
    if (word.startsWith('--')) {
      const [name = '', value = ''] = word.slice(2).split('=');
      if (name === 'file') asked = { ...asked, file: value };
      else if (name === 'directory') asked = { ...asked, folder: value };
    } else if (word.startsWith('-') && word !== '-') for (const letter of word.slice(1)) take(letter);
    else if (first) for (const letter of word) take(letter);
    else asked = { ...asked, names: [...asked.names, word] };
  }
  return asked;
}

const isBusybox = ({ machine }: ToolContext): boolean => machine.shell === 'ash';
const folderOf = (context: ToolContext, { folder }: Asked): string =>
  folder === '' ? context.cwd : context.path(folder);

async function create(context: ToolContext, asked: Asked): Promise<number> {
  const { files } = context.machine;
  const from = folderOf(context, asked);
  if (asked.names.length === 0)
    throw new ToolError(
      isBusybox(context)
        ? 'empty archive'
        : `Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information.`,
      isBusybox(context) ? 1 : 2,
    );
  const entries: TarEntry[] = [];
  let failed = false;
  let stripped = false;
  const add = (path: string, name: string): void => {
    const stat = files.stat(path);
    if (!stat) return;
    const isFolder = stat.kind === 'directory';
    entries.push({
      name,
      kind: stat.kind,
      mode: stat.mode & 0o7777,
      modifiedAt: stat.modifiedAt,
      text: isFolder ? '' : files.read(path),
    });
    if (isFolder)
      for (const each of files.list(path))
        add(path === '/' ? `/${each}` : `${path}/${each}`, `${name}/${each}`);
  };
  for (const typed of asked.names) {
    const path = resolvePath(from, typed);
    const name = typed.replace(/^\/+/, '').replace(/\/+$/, '') || '.';
    if (typed.startsWith('/') && !stripped) {
      stripped = true;
      await context.err(
        isBusybox(context)
          ? `tar: removing leading '/' from member names\n`
          : `tar: Removing leading \`/' from member names\n`,
      );
    }
    if (files.stat(path)) add(path, name);
    else {
      failed = true;
      await context.err(
        isBusybox(context)
          ? `tar: ${name}: No such file or directory\n`
          : `tar: ${typed}: Cannot stat: No such file or directory\n`,
      );
    }
  }
  const archive = packTar(entries);
  if (asked.verbose) {
    const told = entries.map(({ name, kind }) => `${name}${kind === 'directory' ? '/' : ''}\n`).join('');
    await (asked.file === '-' ? context.err(told) : context.out(told));
  }
  if (asked.file === '-') await context.out(archive);
  else files.write(context.path(asked.file), archive);
  return failed ? leave(context) : 0;
}

/** The last words of a tar that went on past a mistake. */
async function leave(context: ToolContext): Promise<number> {
  await context.err(
    isBusybox(context)
      ? 'tar: error exit delayed from previous errors\n'
      : 'tar: Exiting with failure status due to previous errors\n',
  );
  return isBusybox(context) ? 1 : 2;
}

async function read(context: ToolContext, asked: Asked): Promise<number> {
  const { files } = context.machine;
  const archive = await archiveOf(context, asked);
  const entries = unpackTar(archive);
  if (entries === undefined)
    throw new ToolError(
      isBusybox(context)
        ? 'invalid tar magic'
        : 'This does not look like a tar archive\ntar: Exiting with failure status due to previous errors',
      isBusybox(context) ? 1 : 2,
    );
  const into = folderOf(context, asked);
  if (asked.mode === 'x' && files.stat(into)?.kind !== 'directory') {
    throw new ToolError(
      isBusybox(context)
        ? `can't change directory to '${asked.folder}': No such file or directory`
        : `${asked.folder}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
      isBusybox(context) ? 1 : 2,
    );
  }
  for (const entry of entries) {
    const shown = `${entry.name}${entry.kind === 'directory' ? '/' : ''}\n`;
    const isWanted =
      asked.names.length === 0 ||
      asked.names.some(
        (name) => entry.name === name || entry.name.startsWith(`${name.replace(/\/+$/, '')}/`),
      );
    if (!isWanted) continue;
    if (asked.mode === 't' || asked.verbose) await context.out(shown);
    if (asked.mode === 'x') extract(context, resolvePath(into, entry.name), entry);
  }
  return 0;
}

async function archiveOf(context: ToolContext, asked: Asked): Promise<string> {
  if (asked.file === '-') return context.stdin.readAll();
  if (context.machine.files.stat(context.path(asked.file))) return context.readFile(asked.file);
  throw new ToolError(
    isBusybox(context)
      ? `can't open '${asked.file}': No such file or directory`
      : `${asked.file}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
    isBusybox(context) ? 1 : 2,
  );
}

function extract({ machine: { files } }: ToolContext, path: string, entry: TarEntry): void {
  const parts = path.split('/').slice(1, entry.kind === 'directory' ? undefined : -1);
  let folder = '';
  for (const part of parts) {
    folder += `/${part}`;
    if (folder !== '/' && files.stat(folder) === undefined) files.mkdir(folder);
  }
  if (entry.kind === 'directory') return;
  files.write(path, entry.text);
  files.chmod(path, entry.mode);
}
