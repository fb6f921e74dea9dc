import { matchesPattern, parseFlags } from '../../../base';
import { absolute } from './script-files';
import { fails, prints, type Ran, type ScriptTool, type ToolIo } from './tool';

const pathIn = (io: ToolIo, typed: string): string => absolute(io.cwd, typed);
const baseOf = (path: string): string => path.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, '');

/** Does the same to each operand and gathers the complaints. */
function each(io: ToolIo, operands: readonly string[], work: (typed: string) => string | undefined): Ran {
  let err = '';
  for (const typed of operands) {
    const complaint = work(typed);
    if (complaint !== undefined) err += `${io.name}: ${complaint}\n`;
  }
  return { status: err === '' ? 0 : 1, out: '', err };
}

const ls: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'a A l 1 h t r R d F S i n color:: full-time');
  let err = '';
  const long = flags.has('l') || flags.has('full-time');
  const line = (path: string, name: string) => {
    const directory = io.files.isDirectory(path);
    const size = directory ? 4096 : (io.files.read(path) ?? '').length;
    return long
      ? `${directory ? 'drwxr-xr-x' : '-rw-r--r--'}    1 root     root     ${String(size).padStart(9)} ${name}`
      : name;
  };
  const blocks = (flags.rest.length === 0 ? ['.'] : flags.rest).flatMap((typed) => {
    const path = pathIn(io, typed);
    if (!io.files.isDirectory(path) || flags.has('d')) {
      if (io.files.exists(path)) return [line(path, typed)];
      err += io.busybox
        ? `ls: ${typed}: No such file or directory\n`
        : `ls: cannot access '${typed}': No such file or directory\n`;
      return [];
    }
    const names = io.files
      .names(path)
      .filter((name) => flags.has('a') || flags.has('A') || !name.startsWith('.'));
    const rows = names.map((name) => line(absolute(path, name), name));
    return flags.rest.length > 1 ? [`${typed}:`, ...rows] : rows;
  });
  return {
    status: err === '' ? 0 : io.busybox ? 1 : 2,
    out: blocks.map((text) => `${text}\n`).join(''),
    err,
  };
};

const mkdir: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'p|parents m: v');
  return each(io, flags.rest, (typed) => {
    const path = pathIn(io, typed);
    if (flags.has('p')) {
      const parts = path.split('/').slice(1);
      for (const [index] of parts.entries()) {
        const part = `/${parts.slice(0, index + 1).join('/')}`;
        const failure = io.files.isDirectory(part) ? undefined : io.files.makeDirectory(part);
        if (failure !== undefined) return cannot(io, 'create directory', typed, failure);
      }
      return undefined;
    }
    const failure = io.files.makeDirectory(path);
    return failure && cannot(io, 'create directory', typed, failure);
  });
};

/** "can't create directory 'x': …" as busybox, "cannot create directory ‘x’: …" as GNU says it. */
const cannot = (io: ToolIo, what: string, typed: string, why: string): string =>
  io.busybox ? `can't ${what} '${typed}': ${why}` : `cannot ${what} ‘${typed}’: ${why}`;

const rm: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'r|recursive R f|force v i d');
  return each(io, flags.rest, (typed) => {
    const path = pathIn(io, typed);
    if (!io.files.exists(path))
      return flags.has('f') ? undefined : cannot(io, 'remove', typed, 'No such file or directory');
    if (io.files.isDirectory(path) && !flags.has('r') && !flags.has('R'))
      return io.busybox ? `'${typed}' is a directory` : cannot(io, 'remove', typed, 'Is a directory');
    const failure = io.files.remove(path);
    return failure && cannot(io, 'remove', typed, failure);
  });
};

const rmdir: ScriptTool = (io) =>
  each(io, parseFlags(io.args, 'p').rest, (typed) => {
    const path = pathIn(io, typed);
    if (!io.files.isDirectory(path)) return `'${typed}': No such file or directory`;
    if (io.files.names(path).length > 0) return `'${typed}': Directory not empty`;
    const failure = io.files.remove(path);
    return failure && `'${typed}': ${failure}`;
  });

const touch: ScriptTool = (io) =>
  each(io, parseFlags(io.args, 'c a m d: t: r:').rest, (typed) => {
    const path = pathIn(io, typed);
    if (io.files.exists(path)) return undefined;
    const failure = io.files.write(path, '');
    return failure && (io.busybox ? `${typed}: ${failure}` : `cannot touch '${typed}': ${failure}`);
  });

/** Where a copy lands: in a directory under its own name, or at the path itself. */
function landing(io: ToolIo, target: string, source: string): string {
  const path = pathIn(io, target);
  return io.files.isDirectory(path) ? absolute(path, baseOf(source)) : path;
}

function copy(io: ToolIo, source: string, target: string, deep: boolean): string | undefined {
  const from = pathIn(io, source);
  const to = landing(io, target, source);
  const text = io.files.read(from);
  if (text !== undefined) {
    const failure = io.files.write(to, text);
    return failure && cannot(io, io.busybox ? 'create' : 'create regular file', target, failure);
  }
  if (!io.files.isDirectory(from))
    return io.busybox
      ? cannot(io, 'stat', source, 'No such file or directory')
      : `cannot stat '${source}': No such file or directory`;
  if (!deep)
    return io.busybox ? `omitting directory '${source}'` : `-r not specified; omitting directory '${source}'`;
  // `cp -r a/. b` copies what is in a.
  const root = /(^|\/)\.$/.test(source) ? pathIn(io, target) : to;
  if (!io.files.isDirectory(root)) io.files.makeDirectory(root);
  for (const path of io.files.under(from)) {
    const inner = root + path.slice(from.length);
    if (path.endsWith('/')) io.files.makeDirectory(inner.replace(/\/$/, ''));
    else {
      mkdir({ ...io, stdin: undefined, args: ['-p', inner.replace(/\/[^/]*$/, '')] });
      const failure = io.files.write(inner, io.files.read(path) ?? '');
      if (failure !== undefined) return cannot(io, 'create', inner, failure);
    }
  }
  return undefined;
}

const cp: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'r R a f p v n u L d H i T');
  const operands = flags.rest.slice(0, -1);
  const target = flags.rest.at(-1) ?? '';
  if (operands.length === 0) return fails(io, 'missing file operand');
  const deep = flags.has('r') || flags.has('R') || flags.has('a');
  return each(io, operands, (source) => copy(io, source, target, deep));
};

const mv: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'f n v u i T');
  const target = flags.rest.at(-1) ?? '';
  return each(io, flags.rest.slice(0, -1), (source) => {
    if (!io.files.exists(pathIn(io, source)))
      return io.busybox
        ? `can't rename '${source}': No such file or directory`
        : `cannot stat '${source}': No such file or directory`;
    const failure = copy(io, source, target, true);
    return failure ?? (io.files.remove(pathIn(io, source)) && `cannot remove '${source}'`);
  });
};

const ln: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 's f n v T');
  const [source = '', target = baseOf(source)] = flags.rest;
  // A link is kept as a copy: nothing here tells the two apart but writing through it.
  const failure = copy(io, source, target, true);
  return failure === undefined ? prints('') : fails(io, failure);
};

const find: ScriptTool = (io) => {
  const start = io.args.findIndex((word) => word.startsWith('-') || word === '!');
  const roots = start === 0 || io.args.length === 0 ? ['.'] : io.args.slice(0, start < 0 ? undefined : start);
  const tests = start < 0 ? [] : io.args.slice(start);
  const option = (name: string) => (tests.includes(name) ? tests[tests.indexOf(name) + 1] : undefined);
  const [name, type] = [option('-name'), option('-type')];
  const out = roots.flatMap((root) => {
    const path = pathIn(io, root);
    const found = [io.files.isDirectory(path) ? `${path}/` : path, ...io.files.under(path)];
    return found
      .filter((each) => type === undefined || (type === 'd') === each.endsWith('/'))
      .map((each) => each.replace(/(.)\/$/, '$1'))
      .filter((each) => name === undefined || matchesPattern(name, baseOf(each)))
      .map((each) => root + each.slice(path === '/' ? 0 : path.length));
  });
  if (tests.includes('-delete')) for (const path of out) io.files.remove(pathIn(io, path));
  return prints(out.map((path) => `${path}\n`).join(''));
};

const mktemp: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'd u q p: t');
  const letters = Array.from({ length: 6 }, () =>
    'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(Math.floor(io.world.random.next() * 36)),
  ).join('');
  const path = pathIn(io, (flags.rest[0] ?? '/tmp/tmp.XXXXXX').replace(/X{6}/, letters));
  if (flags.has('d')) io.files.makeDirectory(path);
  else io.files.write(path, '');
  return prints(`${path}\n`);
};

const stat: ScriptTool = (io) =>
  each(io, parseFlags(io.args, 'c: f L t').rest, (typed) =>
    io.files.exists(pathIn(io, typed)) ? undefined : `can't stat '${typed}': No such file or directory`,
  );

const du: ScriptTool = (io) => {
  const [path = '.'] = parseFlags(io.args, 's h k a d: m c').rest;
  const bytes = io.files
    .under(pathIn(io, path))
    .reduce((sum, each) => sum + (io.files.read(each) ?? '').length, 4096);
  return prints(`${Math.ceil(bytes / 1024)}\t${path}\n`);
};

/** dd copies; from an endless device without a count it never ends. */
const dd: ScriptTool = (io) => {
  const given = Object.fromEntries(io.args.map((word) => word.split('=') as [string, string]));
  const size = (text: string) =>
    Number.parseInt(text, 10) * ({ k: 1024, K: 1024, M: 1024 ** 2, G: 1024 ** 3 }[text.slice(-1)] ?? 1);
  const endless = /^\/dev\/(zero|urandom|random)$/.test(given.if ?? '');
  if (endless && given.count === undefined) return { ...prints(''), waitMs: Number.POSITIVE_INFINITY };
  const text = endless
    ? ''
    : given.if === undefined
      ? (io.stdin ?? '')
      : (io.files.read(pathIn(io, given.if)) ?? '');
  const count = Number(given.count ?? 1);
  const total = endless ? count * size(given.bs ?? '512') : text.length;
  if (given.of !== undefined && given.of !== '/dev/null') {
    const failure = io.files.write(
      pathIn(io, given.of),
      endless ? '\0'.repeat(Math.min(total, 65_536)) : text,
    );
    if (failure !== undefined) return fails(io, `can't open '${given.of}': ${failure}`);
  }
  const records = endless ? count : Math.ceil(text.length / 512);
  return {
    status: 0,
    out: given.of === undefined ? text : '',
    err: `${records}+0 records in\n${records}+0 records out\n`,
    waitMs: Math.ceil(total / 1_000_000),
  };
};

const nothing: ScriptTool = () => prints('');

/** Commands that work on files. */
export const fileTools: Readonly<Record<string, ScriptTool>> = {
  basename: (io) =>
    prints(
      `${baseOf(io.args[0] ?? '').replace(io.args[1] === undefined ? /$^/ : new RegExp(`(?<=.)${io.args[1].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`), '')}\n`,
    ),
  chmod: nothing,
  chown: nothing,
  cp,
  dd,
  dirname: (io) =>
    prints(
      `${(io.args[0] ?? '').replace(/\/[^/]*$/, '') || ((io.args[0] ?? '').startsWith('/') ? '/' : '.')}\n`,
    ),
  du,
  find,
  ln,
  ls,
  mkdir,
  mktemp,
  mv,
  readlink: (io) => prints(`${pathIn(io, parseFlags(io.args, 'f e m').rest[0] ?? '')}\n`),
  realpath: (io) => prints(`${pathIn(io, io.args[0] ?? '')}\n`),
  rm,
  rmdir,
  stat,
  sync: nothing,
  touch,
};
