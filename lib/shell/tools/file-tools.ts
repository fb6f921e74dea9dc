import { FileError } from '../../base';
import { baseName, resolvePath, type Tool, type ToolContext, ToolError } from '../process';
import { gnuFlags } from './gnu-flags';

async function eachPath(
  context: ToolContext,
  names: readonly string[],
  act: (path: string, typed: string) => void,
  words: (typed: string) => string,
): Promise<number> {
  if (names.length === 0)
    throw new ToolError(`missing operand\nTry '${context.name} --help' for more information.`);
  let status = 0;
  for (const typed of names) {
    try {
      act(context.path(typed), typed);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await context.err(`${context.name}: ${words(typed)}: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
}

const mkdir: Tool = async (context) => {
  const flags = gnuFlags(context, 'p|parents v|verbose m:|mode');
  const { files } = context.machine;
  const asked = flags.value('m');
  const mode = asked === undefined ? undefined : changedMode(0o777, asked);
  if (asked !== undefined && mode === undefined) throw new ToolError(`invalid mode ‘${asked}’`);
  return eachPath(
    context,
    flags.rest,
    (path) => {
      if (!flags.has('p')) {
        files.mkdir(path);
        if (mode !== undefined) files.chmod(path, mode);
        return;
      }
      const isNew = files.stat(path) === undefined;
      let at = '';
      for (const part of path.split('/').filter((each) => each !== '')) {
        at += `/${part}`;
        const found = files.stat(at);
        if (found === undefined) files.mkdir(at);
        else if (found.kind === 'file') throw new FileError(at === path ? 'EEXIST' : 'ENOTDIR', at);
      }
      if (isNew && mode !== undefined) files.chmod(path, mode);
    },
    (typed) => `cannot create directory ‘${typed}’`,
  );
};

const rmdir: Tool = async (context) => {
  const flags = gnuFlags(context, 'p v');
  const { files } = context.machine;
  return eachPath(
    context,
    flags.rest,
    (path) => {
      if (files.stat(path)?.kind === 'file') throw new FileError('ENOTDIR', path);
      files.remove(path);
    },
    (typed) => `failed to remove '${typed}'`,
  );
};

/** Removes a path and all below it. */
function removeTree(context: ToolContext, path: string): void {
  const { files } = context.machine;
  if (files.stat(path)?.kind === 'directory')
    for (const name of files.list(path)) removeTree(context, resolvePath(path, name));
  files.remove(path);
}

const rm: Tool = async (context) => {
  const flags = gnuFlags(context, 'r|recursive R f|force v|verbose i d|dir');
  const { files } = context.machine;
  const recursive = flags.has('r') || flags.has('R');
  if (flags.rest.length === 0 && flags.has('f')) return 0;
  let status = 0;
  const done: string[] = [];
  const failed = await eachPath(
    context,
    flags.rest,
    (path, typed) => {
      const found = files.stat(path);
      if (found === undefined) {
        if (!flags.has('f')) throw new FileError('ENOENT', path);
        return;
      }
      if (path === '/' || path === context.cwd) throw new FileError('EACCES', path);
      if (found.kind === 'directory' && !recursive && !flags.has('d')) throw new FileError('EISDIR', path);
      if (recursive) removeTree(context, path);
      else files.remove(path);
      done.push(typed);
    },
    (typed) => `cannot remove '${typed}'`,
  );
  status = failed;
  if (flags.has('v')) await context.out(done.map((typed) => `removed '${typed}'\n`).join(''));
  return status;
};

const touch: Tool = async (context) => {
  const flags = gnuFlags(context, 'c|no-create a m d:|date t: r:');
  const { files } = context.machine;
  return eachPath(
    context,
    flags.rest,
    (path) => {
      const found = files.stat(path);
      if (found?.kind === 'file') files.write(path, files.read(path));
      else if (found === undefined && !flags.has('c')) files.write(path, '');
    },
    (typed) => `cannot touch '${typed}'`,
  );
};

/** Where a copy or move of `from` to `to` ends up. */
function destination(context: ToolContext, from: string, to: string): string {
  const path = context.path(to);
  return context.machine.files.stat(path)?.kind === 'directory' ? resolvePath(path, baseName(from)) : path;
}

function copyTree(context: ToolContext, from: string, to: string): void {
  const { files } = context.machine;
  if (files.stat(from)?.kind !== 'directory') {
    files.write(to, files.read(from));
    const mode = files.stat(from)?.mode;
    if (mode !== undefined) files.chmod(to, mode & ~(files.umask ?? 0));
    return;
  }
  if (files.stat(to) === undefined) files.mkdir(to);
  for (const name of files.list(from)) copyTree(context, resolvePath(from, name), resolvePath(to, name));
}

async function transfer(
  context: ToolContext,
  operands: readonly string[],
  act: (from: string, to: string, typed: string, shown: string) => Promise<boolean>,
): Promise<number> {
  const { name } = context;
  const target = operands[operands.length - 1];
  if (target === undefined)
    throw new ToolError(`missing file operand\nTry '${name} --help' for more information.`);
  if (operands.length === 1)
    throw new ToolError(
      `missing destination file operand after '${target}'\nTry '${name} --help' for more information.`,
    );
  const { files } = context.machine;
  if (operands.length > 2 && files.stat(context.path(target))?.kind !== 'directory')
    throw new ToolError(`target '${target}': No such file or directory`);
  let status = 0;
  for (const typed of operands.slice(0, -1)) {
    const from = context.path(typed);
    const to = destination(context, from, target);
    try {
      if (files.stat(from) === undefined) throw new FileError('ENOENT', typed);
      if (from === to) {
        await context.err(`${name}: '${typed}' and '${target}' are the same file\n`);
        status = 1;
      } else {
        const shown = to === context.path(target) ? target : `${target.replace(/\/$/, '')}/${baseName(from)}`;
        if (!(await act(from, to, typed, shown))) status = 1;
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const where =
        error.code === 'ENOENT' && files.stat(from) === undefined
          ? `cannot stat '${typed}'`
          : name === 'cp'
            ? `cannot create regular file '${target}'`
            : `cannot move '${typed}' to '${target}'`;
      await context.err(`${name}: ${where}: ${error.message}\n`);
      status = 1;
    }
  }
  return status;
}

const cp: Tool = async (context) => {
  const flags = gnuFlags(context, 'r|recursive R a|archive f p v i n u L d');
  const recursive = flags.has('r') || flags.has('R') || flags.has('a');
  return transfer(context, flags.rest, async (from, to, typed, shown) => {
    const directory = context.machine.files.stat(from)?.kind === 'directory';
    if (directory && !recursive) {
      await context.err(`cp: -r not specified; omitting directory '${typed}'\n`);
      return false;
    }
    if (flags.has('n') && context.machine.files.stat(to) !== undefined) return true;
    if (directory && to.startsWith(`${from}/`)) {
      await context.err(`cp: cannot copy a directory, '${typed}', into itself, '${shown}'\n`);
      return false;
    }
    if (directory && context.machine.files.stat(to)?.kind === 'file') {
      await context.err(`cp: cannot overwrite non-directory '${shown}' with directory '${typed}'\n`);
      return false;
    }
    copyTree(context, from, to);
    if (flags.has('v')) await context.out(`'${typed}' -> '${shown}'\n`);
    return true;
  });
};

const mv: Tool = async (context) => {
  const flags = gnuFlags(context, 'f i n v u');
  return transfer(context, flags.rest, async (from, to, typed, shown) => {
    if (flags.has('n') && context.machine.files.stat(to) !== undefined) return true;
    const { files } = context.machine;
    if (to.startsWith(`${from}/`)) {
      await context.err(`mv: cannot move '${typed}' to a subdirectory of itself, '${shown}'\n`);
      return false;
    }
    if (files.stat(from)?.kind === 'directory' && files.stat(to)?.kind === 'file') {
      await context.err(`mv: cannot overwrite non-directory '${shown}' with directory '${typed}'\n`);
      return false;
    }
    files.rename(from, to);
    if (flags.has('v')) await context.out(`renamed '${typed}' -> '${shown}'\n`);
    return true;
  });
};

/** The mode that chmod's first operand makes of `mode`. */
export function changedMode(mode: number, text: string): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let next = mode;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (match === null) return undefined;
    const [, who = '', operator, letters = ''] = match;
    const bits =
      (letters.includes('r') ? 4 : 0) | (letters.includes('w') ? 2 : 0) | (letters.includes('x') ? 1 : 0);
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes('a') && !who.includes(letter)) continue;
      if (operator === '+') next |= bits << shift;
      else if (operator === '-') next &= ~(bits << shift);
      else next = (next & ~(7 << shift)) | (bits << shift);
    }
  }
  return next;
}

const chmod: Tool = async (context) => {
  const [mode = '', ...names] = context.args.filter((word) => word !== '-R' && word !== '-v');
  const { files } = context.machine;
  if (changedMode(0, mode) === undefined)
    throw new ToolError(`invalid mode: ‘${mode}’\nTry 'chmod --help' for more information.`);
  return eachPath(
    context,
    names,
    (path) => {
      const found = files.stat(path);
      if (found === undefined) throw new FileError('ENOENT', path);
      files.chmod(path, changedMode(found.mode & 0o7777, mode) ?? found.mode);
    },
    (typed) => `cannot access '${typed}'`,
  );
};

const tee: Tool = async (context) => {
  const flags = gnuFlags(context, 'a|append i');
  const { files } = context.machine;
  let status = 0;
  const paths: string[] = [];
  const devices: ((text: string) => Promise<void>)[] = [];
  for (const typed of flags.rest) {
    const path = context.path(typed);
    if (path === '/dev/null') continue;
    const device = context.device(typed);
    if (device !== undefined) {
      devices.push(device);
      continue;
    }
    try {
      if (!flags.has('a') || files.stat(path) === undefined) files.write(path, '');
      paths.push(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      await context.err(`tee: ${typed}: ${error.message}\n`);
      status = 1;
    }
  }
  for (let text = await context.stdin.read(); text !== undefined; text = await context.stdin.read()) {
    for (const path of paths) files.append(path, text);
    for (const write of devices) await write(text);
    await context.out(text);
  }
  return status;
};

/** Tools that change files. */
export const fileTools: Readonly<Record<string, Tool>> = { mkdir, rmdir, rm, touch, cp, mv, chmod, tee };
