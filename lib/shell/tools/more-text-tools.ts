import { formatDate, sha256, sha512Hex } from '../../base';
import { parseFlags, type Tool, type ToolContext, ToolError, utf8 } from '../process';
import { digest } from './byte-tools';
import { gnuFlags } from './gnu-flags';
import { linesOf, readFiles } from './read-files';

const comm: Tool = async (context) => {
  const flags = gnuFlags(context, '1 2 3 check-order nocheck-order');
  if (flags.rest.length < 2)
    throw new ToolError(
      `${flags.rest.length === 0 ? 'missing operand' : `missing operand after '${flags.rest[0]}'`}\nTry 'comm --help' for more information.`,
    );
  const { texts, failed } = await readFiles(context, flags.rest.slice(0, 2));
  if (failed) return 1;
  const [left = [], right = []] = texts.map(({ text }) => linesOf(text));
  const show = async (column: '1' | '2' | '3', line: string) => {
    if (flags.has(column)) return;
    const before = (['1', '2'] as const).filter((each) => each < column && !flags.has(each)).length;
    await context.out(`${'\t'.repeat(before)}${line}\n`);
  };
  let a = 0;
  let b = 0;
  while (a < left.length || b < right.length) {
    await context.step();
    const [x, y] = [left[a], right[b]];
    if (y === undefined || (x !== undefined && x < y)) {
      await show('1', x ?? '');
      a += 1;
    } else if (x === undefined || y < x) {
      await show('2', y);
      b += 1;
    } else {
      await show('3', x);
      a += 1;
      b += 1;
    }
  }
  return 0;
};

const fold: Tool = async (context) => {
  const flags = gnuFlags(context, 'w:|width s|spaces b|bytes');
  const typed = flags.value('w') ?? '80';
  if (!/^\d+$/.test(typed)) throw new ToolError(`invalid number of columns: ‘${typed}’`);
  const width = Number(typed);
  if (width === 0)
    throw new ToolError(`invalid number of columns: ‘${typed}’: Numerical result out of range`);
  const { texts, failed } = await readFiles(context, flags.rest);
  for (const line of texts.flatMap(({ text }) => linesOf(text))) {
    let rest = line;
    while (rest.length > width) {
      const blank = flags.has('s') ? rest.lastIndexOf(' ', width - 1) + 1 : 0;
      const cut = blank > 0 ? blank : width;
      await context.out(`${rest.slice(0, cut)}\n`);
      rest = rest.slice(cut);
    }
    await context.out(`${rest}\n`);
  }
  return failed ? 1 : 0;
};

const expand: Tool = async (context) => {
  const flags = gnuFlags(context, 't:|tabs i|initial');
  const typed = flags.value('t') ?? '8';
  if (!/^\d+$/.test(typed)) throw new ToolError(`tab size contains invalid character(s): ‘${typed}’`);
  const size = Number(typed);
  if (size === 0) throw new ToolError('tab size cannot be 0');
  const { texts, failed } = await readFiles(context, flags.rest);
  for (const line of texts.flatMap(({ text }) => linesOf(text))) {
    let out = '';
    for (const char of line) out += char === '\t' ? ' '.repeat(size - (out.length % size)) : char;
    await context.out(`${out}\n`);
  }
  return failed ? 1 : 0;
};

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const realpath: Tool = async (context) => {
  const flags = gnuFlags(context, 'e f m s q n');
  if (flags.rest.length === 0)
    throw new ToolError(`missing operand\nTry '${context.name} --help' for more information.`);
  let status = 0;
  for (const path of flags.rest) {
    const whole = context.path(path);
    const parent = whole.slice(0, whole.lastIndexOf('/')) || '/';
    const { files } = context.machine;
    if (files.stat(whole) === undefined && (flags.has('e') || files.stat(parent)?.kind !== 'directory')) {
      if (context.name === 'realpath') await context.err(`realpath: ${path}: No such file or directory\n`);
      status = 1;
    } else await context.out(`${whole}\n`);
  }
  return status;
};

const readlink: Tool = async (context) => {
  // There are no symbolic links on this machine: without -f nothing is one.
  if (!context.args.some((word) => /^-[efm]/.test(word))) return 1;
  return realpath(context);
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const mktemp: Tool = async (context) => {
  const flags = gnuFlags(context, 'd|directory u|dry-run q p:|tmpdir t');
  const [template] = flags.rest;
  const drawn = (template ?? 'tmp.XXXXXXXXXX').replace(/X{3,}(?=[^X]*$)/, (marks) =>
    [...marks].map(() => LETTERS[Math.floor(context.world.random.next() * LETTERS.length)]).join(''),
  );
  const folder = flags.value('p') ?? (template === undefined || flags.has('t') ? '/tmp' : undefined);
  const path = context.path(folder === undefined ? drawn : `${folder}/${drawn}`);
  if (!flags.has('u')) {
    if (flags.has('d')) context.machine.files.mkdir(path);
    else context.machine.files.write(path, '');
    context.machine.files.chmod(path, flags.has('d') ? 0o700 : 0o600);
  }
  await context.out(`${folder === undefined ? drawn : path}\n`);
  return 0;
};

/** What `stat -c` puts for its letters. */
async function statField(context: ToolContext, path: string, letter: string): Promise<string> {
  const info = context.machine.files.stat(context.path(path));
  if (info === undefined) return '';
  const folder = info.kind === 'directory';
  const size = folder ? 4096 : utf8(await context.readFile(path)).length;
  switch (letter) {
    case 'n':
      return path;
    case 's':
      return String(size);
    case 'a':
      return (info.mode & 0o777).toString(8);
    case 'F':
      return folder ? 'directory' : size === 0 ? 'regular empty file' : 'regular file';
    case 'A':
      return modeText(info.mode, folder);
    case 'y':
    case 'x':
    case 'z':
    case 'w':
      return formatDate(info.modifiedAt, '%F %T.%N +0000');
    case 'Y':
    case 'X':
    case 'Z':
      return String(Math.floor(info.modifiedAt / 1000));
    case 'h':
      return folder ? '2' : '1';
    case 'u':
    case 'g':
      return context.machine.user === 'root' ? '0' : '1000';
    case 'b':
      return String(Math.ceil(size / 4096) * 8);
    case 'B':
      return '512';
    case 'o':
      return '4096';
    case 'U':
    case 'G':
      return context.machine.user;
    default:
      return '?';
  }
}

/** Permissions as `ls -l` shows them. */
function modeText(mode: number, folder: boolean): string {
  const bits = [...'rwxrwxrwx'].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-'));
  return `${folder ? 'd' : '-'}${bits.join('')}`;
}

const stat: Tool = async (context) => {
  const flags = gnuFlags(context, 'c:|format printf: f L t');
  if (flags.rest.length === 0)
    throw new ToolError("missing operand\nTry 'stat --help' for more information.");
  const format = flags.value('c') ?? '  File: %n\n  Size: %s\tType: %F\nAccess: (%a)  Owner: %U';
  let status = 0;
  for (const path of flags.rest) {
    if (context.machine.files.stat(context.path(path)) === undefined) {
      await context.err(`stat: cannot statx '${path}': No such file or directory\n`);
      status = 1;
      continue;
    }
    let out = '';
    for (const piece of format.split(/(%[a-zA-Z%])/))
      out +=
        piece === '%%' ? '%' : piece.startsWith('%') ? await statField(context, path, piece.slice(1)) : piece;
    await context.out(`${out}\n`);
  }
  return status;
};

const cmp: Tool = async (context) => {
  const flags = gnuFlags(context, 's|silent l b');
  const { texts, failed } = await readFiles(context, flags.rest.slice(0, 2));
  const [a, b] = texts;
  if (failed || a === undefined || b === undefined) return 2;
  const at = [...a.text].findIndex((char, index) => char !== b.text[index]);
  if (at < 0 && a.text.length === b.text.length) return 0;
  if (flags.has('s')) return 1;
  if (at < 0 || at >= b.text.length) {
    const shorter = a.text.length < b.text.length ? a : b;
    await context.err(`cmp: EOF on ${shorter.name} after byte ${utf8(shorter.text).length}\n`);
  } else {
    const line = a.text.slice(0, at).split('\n').length;
    await context.out(`${a.name} ${b.name} differ: byte ${at + 1}, line ${line}\n`);
  }
  return 1;
};

const tree: Tool = async (context) => {
  const flags = parseFlags(context.args, 'a d L: f');
  const count = { folders: 0, files: 0 };
  const depth = Number(flags.value('L') ?? Number.POSITIVE_INFINITY);
  const { files } = context.machine;
  const walk = async (path: string, lead: string, level: number): Promise<void> => {
    const names = files.list(path).filter((name) => flags.has('a') || !name.startsWith('.'));
    const shown = names.filter(
      (name) => !flags.has('d') || files.stat(`${path}/${name}`)?.kind === 'directory',
    );
    for (const [index, name] of shown.entries()) {
      await context.step();
      const last = index === shown.length - 1;
      const folder = files.stat(`${path}/${name}`)?.kind === 'directory';
      count[folder ? 'folders' : 'files'] += 1;
      await context.out(`${lead}${last ? '└── ' : '├── '}${name}\n`);
      if (folder && level < depth)
        await walk(`${path}/${name}`, `${lead}${last ? '    ' : '│   '}`, level + 1);
    }
  };
  const [root = '.'] = flags.rest;
  if (files.stat(context.path(root))?.kind !== 'directory') {
    await context.out(`${root}  [error opening dir]\n\n0 directories, 0 files\n`);
    return 2;
  }
  await context.out(`${root}\n`);
  await walk(context.path(root), '', 1);
  const plural = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`;
  const found = plural(count.folders, 'directory', 'directories');
  await context.out(`\n${found}${flags.has('d') ? '' : `, ${plural(count.files, 'file', 'files')}`}\n`);
  return 0;
};

/** More programs about texts and files, as coreutils has them. */
export const moreTextTools: Readonly<Record<string, Tool>> = {
  comm,
  fold,
  expand,
  sha256sum: digest((text) => hex(sha256(Uint8Array.from(utf8(text))))),
  sha512sum: digest((text) => sha512Hex(text)),
  realpath,
  readlink,
  mktemp,
  stat,
  cmp,
  tree,
};
