import {
  byText,
  compileRegExp,
  decodeEscapes,
  echoText,
  editLines,
  formatPrintf,
  parseFlags,
  parseSed,
  startAwk,
} from '../../../base';
import { absolute } from './script-files';
import { fails, inputsOf, joinLines, linesOf, prints, type Ran, type ScriptTool, type ToolIo } from './tool';

const pathIn = (io: ToolIo) => (typed: string) => absolute(io.cwd, typed);

/** A tool that makes one text of the joined inputs. */
function filter(
  make: (io: ToolIo) => { operands: readonly string[]; change: (text: string) => string },
): ScriptTool {
  return (io) => {
    const { operands, change } = make(io);
    const { texts, err } = inputsOf(io, operands, pathIn(io));
    return { status: err === '' ? 0 : 1, out: change(texts.map(({ text }) => text).join('')), err };
  };
}

const cat = filter((io) => {
  const flags = parseFlags(io.args, 'n b A e v t E s u T');
  const number = (text: string) =>
    joinLines(linesOf(text).map((line, index) => `${String(index + 1).padStart(6)}\t${line}`));
  return { operands: flags.rest, change: (text) => (flags.has('n') ? number(text) : text) };
});

function counted(io: ToolIo): {
  count: number;
  from: boolean;
  bytes: boolean;
  rest: readonly string[];
  follow: boolean;
} {
  const args = io.args.map((word) => word.replace(/^-(\d+)$/, '-n$1'));
  const flags = parseFlags(args, 'n:|lines c:|bytes f|follow F q v retry s:');
  const text = flags.value('c') ?? flags.value('n') ?? '10';
  return {
    count: Math.abs(Number(text)),
    from: text.startsWith('+'),
    bytes: flags.has('c'),
    rest: flags.rest,
    follow: flags.has('f') || flags.has('F'),
  };
}

const head: ScriptTool = (io) => {
  const { count, bytes, rest } = counted(io);
  const cut = (text: string) => (bytes ? text.slice(0, count) : joinLines(linesOf(text).slice(0, count)));
  return titled(io, rest, cut);
};

const tail: ScriptTool = (io) => {
  const { count, bytes, rest, from, follow } = counted(io);
  const cut = (text: string) => {
    if (bytes) return from ? text.slice(count - 1) : text.slice(-count);
    const lines = linesOf(text);
    return joinLines(from ? lines.slice(Math.max(0, count - 1)) : count === 0 ? [] : lines.slice(-count));
  };
  const [path] = rest;
  if (!follow || path === undefined)
    return follow ? { ...prints(''), waitMs: Number.POSITIVE_INFINITY } : titled(io, rest, cut);
  if (path === '/dev/null') return { ...prints(''), waitMs: Number.POSITIVE_INFINITY };
  const full = pathIn(io)(path);
  const text = io.files.read(full);
  // -F waits for a file that is not there yet.
  if (text === undefined && !io.args.some((word) => /^-[^-]*F|--retry/.test(word)))
    return io.busybox
      ? fails(io, `can't open '${path}': No such file or directory\ntail: no files`)
      : fails(io, `cannot open '${path}' for reading: No such file or directory\ntail: no files remaining`);
  return { ...prints(cut(text ?? '')), follows: full };
};

function titled(io: ToolIo, operands: readonly string[], cut: (text: string) => string): Ran {
  const { texts, err } = inputsOf(io, operands, pathIn(io));
  const many = operands.length > 1;
  const out = texts.map(({ name, text }, index) =>
    many ? `${index > 0 ? '\n' : ''}==> ${name} <==\n${cut(text)}` : cut(text),
  );
  return { status: err === '' ? 0 : 1, out: out.join(''), err };
}

const grep: ScriptTool = (io) => {
  const flags = parseFlags(
    io.args,
    'e: E|extended-regexp F|fixed-strings P|perl-regexp i|ignore-case v|invert-match c|count l|files-with-matches n|line-number o|only-matching q|quiet|silent s w|word-regexp x|line-regexp h H r R A: B: C: m: a color:: line-buffered',
    { status: 2 },
  );
  const rest = [...flags.rest];
  const pattern = flags.has('e') ? flags.values('e').join('\n') : (rest.shift() ?? '');
  const kind =
    flags.has('F') || io.name === 'fgrep'
      ? 'fixed'
      : flags.has('P')
        ? 'perl'
        : flags.has('E') || io.name === 'egrep'
          ? 'extended'
          : 'basic';
  const shapes = pattern.split('\n').map((each) => compileRegExp(each, kind, flags.has('i') ? 'gi' : 'g'));
  const around = (shape: RegExp) => {
    const source = flags.has('x')
      ? `^(?:${shape.source})$`
      : flags.has('w')
        ? `(?<!\\w)(?:${shape.source})(?!\\w)`
        : shape.source;
    return new RegExp(source, shape.flags);
  };
  const tests = shapes.map(around);
  const recursive = flags.has('r') || flags.has('R');
  const operands = recursive
    ? rest.flatMap((name) => io.files.under(pathIn(io)(name)).filter((path) => !path.endsWith('/')))
    : rest;
  const { texts, err } = inputsOf(io, operands, pathIn(io));
  let out = '';
  let matched = false;
  const named = (texts.length > 1 || flags.has('H') || recursive) && !flags.has('h');
  for (const { name, text } of texts) {
    const prefix = named ? `${name}:` : '';
    let count = 0;
    for (const [index, line] of linesOf(text).entries()) {
      const hit =
        tests.some((test) => new RegExp(test.source, test.flags.replace('g', '')).test(line)) !==
        flags.has('v');
      if (!hit || (flags.has('m') && count >= Number(flags.value('m')))) continue;
      count += 1;
      const number = flags.has('n') ? `${index + 1}:` : '';
      if (flags.has('c') || flags.has('l') || flags.has('q')) continue;
      const pieces = flags.has('o') ? tests.flatMap((test) => line.match(test) ?? []) : [line];
      out += pieces.map((piece) => `${prefix}${number}${piece}\n`).join('');
    }
    if (flags.has('c')) out += `${prefix}${count}\n`;
    if (flags.has('l') && count > 0) out += `${name}\n`;
    matched ||= count > 0;
  }
  return {
    status: err !== '' && !flags.has('s') ? 2 : matched ? 0 : 1,
    out: flags.has('q') ? '' : out,
    err: flags.has('s') ? '' : err,
  };
};

const sed: ScriptTool = (io) => {
  const flags = parseFlags(
    io.args,
    'n|quiet|silent E|regexp-extended r e:|expression f:|file i in-place:: s u',
  );
  const operands = [...flags.rest];
  const source = flags.has('e') ? flags.values('e').join('\n') : (operands.shift() ?? '');
  const commands = parseSed(source, flags.has('E') || flags.has('r'));
  const { texts, err } = inputsOf(io, operands, pathIn(io));
  const edit = (text: string) => {
    const readFile = (name: string) => io.files.read(pathIn(io)(name)) ?? '';
    const { out, written } = editLines(linesOf(text), commands, flags.has('n'), readFile);
    for (const [name, kept] of written) io.files.write(pathIn(io)(name), kept);
    return text === '' || text.endsWith('\n') ? out : out.replace(/\n$/, '');
  };
  if (!flags.has('i') && !flags.has('in-place'))
    return { status: err === '' ? 0 : 1, out: edit(texts.map(({ text }) => text).join('')), err };
  for (const { name, text } of texts) {
    const failure = io.files.write(pathIn(io)(name), edit(text));
    if (failure !== undefined) return fails(io, `${name}: ${failure}`);
  }
  return { status: err === '' ? 0 : 1, out: '', err };
};

const awk: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'F: v: f:', { stopAtFirst: true, status: 2 });
  const operands = [...flags.rest];
  const file = flags.value('f');
  const source = file === undefined ? operands.shift() : io.files.read(pathIn(io)(file));
  const run = startAwk(source ?? '', {
    variables: io.env,
    now: () => io.world.now,
    random: () => io.world.random.next(),
  });
  const separator = flags.value('F');
  if (separator !== undefined) run.set('FS', separator === 't' || separator === '\\t' ? '\t' : separator);
  for (const text of flags.values('v'))
    run.set(text.slice(0, text.indexOf('=')), { text: text.slice(text.indexOf('=') + 1) });
  const goes = run.perform('BEGIN');
  let err = '';
  if (goes && run.reads) {
    const inputs = inputsOf(io, operands, pathIn(io));
    err = inputs.err;
    const records = inputs.texts.flatMap(({ name, text }) =>
      linesOf(text).map((line) => [line, name] as const),
    );
    records.every(([line, name]) => run.record(line, name));
  }
  run.perform('END');
  for (const [path, { append, text }] of run.files)
    if (append) io.files.append(pathIn(io)(path), text);
    else io.files.write(pathIn(io)(path), text);
  return { status: err === '' ? run.status : 2, out: run.takeOutput(), err };
};

/** Whether `list` ("1,3-5,7-") takes a position. */
function chosen(list: string): (position: number) => boolean {
  const ranges = list.split(',').map((part) => {
    const [from = '', to = ''] = part.includes('-') ? part.split('-') : [part, part];
    return [Number(from || 1), to === '' ? Number.POSITIVE_INFINITY : Number(to)] as const;
  });
  return (position) => ranges.some(([from, to]) => position >= from && position <= to);
}

const cut = filter((io) => {
  const flags = parseFlags(io.args, 'd: f: c: b: s');
  const delimiter = flags.value('d') ?? '\t';
  const takes = chosen(flags.value('f') ?? flags.value('c') ?? flags.value('b') ?? '1-');
  const line = (text: string) =>
    flags.has('f')
      ? text.includes(delimiter)
        ? text
            .split(delimiter)
            .filter((_, index) => takes(index + 1))
            .join(delimiter)
        : text
      : [...text].filter((_, index) => takes(index + 1)).join('');
  return {
    operands: flags.rest,
    change: (text) =>
      joinLines(
        linesOf(text)
          .filter((each) => !flags.has('s') || each.includes(delimiter))
          .map(line),
      ),
  };
});

/** The characters that tr's sets name. */
function charactersOf(set: string): readonly string[] {
  const classes: Readonly<Record<string, string>> = {
    lower: 'a-z',
    upper: 'A-Z',
    digit: '0-9',
    alpha: 'A-Za-z',
    alnum: '0-9A-Za-z',
    space: ' \t\n\r',
  };
  const named = decodeEscapes(set, false).text.replace(
    /\[:(\w+):\]/g,
    (whole, name: string) => classes[name] ?? whole,
  );
  return [...named.matchAll(/([\s\S])-([\s\S])|[\s\S]/g)].flatMap(([whole, from, to]) => {
    if (from === undefined || to === undefined) return [whole];
    const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
      String.fromCharCode(first + index),
    );
  });
}

const tr: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'd s c C t');
  const [first = '', second = ''] = flags.rest;
  const from = charactersOf(first);
  const to = charactersOf(second);
  const inFirst = (char: string) => from.includes(char) !== (flags.has('c') || flags.has('C'));
  let out = '';
  for (const char of io.stdin ?? '') {
    if (!inFirst(char)) out += char;
    else if (!flags.has('d')) {
      const index = from.indexOf(char);
      const next =
        to.length === 0 ? char : (to[Math.min(index < 0 ? to.length - 1 : index, to.length - 1)] ?? char);
      if (!flags.has('s') || !out.endsWith(next)) out += next;
    }
  }
  return prints(out);
};

const sort = filter((io) => {
  const flags = parseFlags(io.args, 'n|numeric-sort r|reverse u|unique k: t: h f V b');
  const key = Number(/^\d+/.exec(flags.value('k') ?? '')?.[0] ?? 0);
  const keyOf = (line: string) => (key === 0 ? line : (line.split(flags.value('t') ?? /\s+/)[key - 1] ?? ''));
  const compare = (a: string, b: string) =>
    (flags.has('n')
      ? (Number.parseFloat(keyOf(a)) || 0) - (Number.parseFloat(keyOf(b)) || 0)
      : byText(keyOf(a), keyOf(b))) || byText(a, b);
  return {
    operands: flags.rest,
    change(text) {
      const lines = linesOf(text).toSorted(compare);
      const ordered = flags.has('r') ? lines.toReversed() : lines;
      return joinLines(flags.has('u') ? [...new Set(ordered)] : ordered);
    },
  };
});

const uniq = filter((io) => {
  const flags = parseFlags(io.args, 'c|count d u i');
  return {
    operands: flags.rest.slice(0, 1),
    change(text) {
      const groups: { line: string; count: number }[] = [];
      for (const line of linesOf(text)) {
        const last = groups.at(-1);
        if (last?.line === line) last.count += 1;
        else groups.push({ line, count: 1 });
      }
      const kept = groups.filter(
        ({ count }) => (!flags.has('d') || count > 1) && (!flags.has('u') || count === 1),
      );
      return joinLines(
        kept.map(({ line, count }) => (flags.has('c') ? `${String(count).padStart(7)} ${line}` : line)),
      );
    },
  };
});

const wc: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'l|lines w|words c|bytes m|chars L');
  const { texts, err } = inputsOf(io, flags.rest, pathIn(io));
  const all = !flags.has('l') && !flags.has('w') && !flags.has('c') && !flags.has('m');
  const row = (text: string, name: string) => {
    const counts = [
      ...(all || flags.has('l') ? [text.split('\n').length - 1] : []),
      ...(all || flags.has('w') ? [text.split(/\s+/).filter((word) => word !== '').length] : []),
      ...(all || flags.has('c') || flags.has('m') ? [text.length] : []),
    ];
    const shown =
      counts.length === 1 && (name === '-' || !io.busybox)
        ? String(counts[0])
        : counts.map((count) => String(count).padStart(io.busybox ? 9 : 7)).join(io.busybox ? '' : ' ');
    return name === '-' ? `${shown}\n` : `${shown} ${name}\n`;
  };
  return { status: err === '' ? 0 : 1, out: texts.map(({ text, name }) => row(text, name)).join(''), err };
};

const tee: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'a|append i');
  const text = io.stdin ?? '';
  let err = '';
  for (const name of flags.rest) {
    const path = pathIn(io)(name);
    const failure = flags.has('a') ? io.files.append(path, text) : io.files.write(path, text);
    if (failure !== undefined) err += `tee: ${name}: ${failure}\n`;
  }
  return { status: err === '' ? 0 : 1, out: text, err };
};

const xargs: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'n: I: r|no-run-if-empty t d: 0 P: L:', { stopAtFirst: true });
  const words = (io.stdin ?? '')
    .split(flags.has('0') ? '\0' : flags.has('I') ? '\n' : /\s+/)
    .filter((word) => word !== '');
  const command = flags.rest.length === 0 ? ['echo'] : flags.rest;
  const size = flags.has('I') ? 1 : flags.has('n') ? Number(flags.value('n')) : Math.max(1, words.length);
  const groups: (readonly string[])[] = [];
  for (let at = 0; at < words.length; at += size) groups.push(words.slice(at, at + size));
  if (words.length === 0 && !flags.has('r') && !io.busybox) groups.push([]);
  const all = groups.map((group) =>
    io.run(
      flags.has('I')
        ? command.map((word) => word.replaceAll(flags.value('I') ?? '{}', group[0] ?? ''))
        : [...command, ...group],
    ),
  );
  return {
    status: all.some(({ status }) => status !== 0) ? 123 : 0,
    out: all.map(({ out }) => out).join(''),
    err: all.map(({ err }) => err).join(''),
    waitMs: all.reduce((sum, { waitMs = 0 }) => sum + waitMs, 0),
  };
};

const echo: ScriptTool = (io) => prints(echoText(io.args, false));

const printf: ScriptTool = (io) => {
  const [format = '', ...args] = io.args;
  const { text, errors } = formatPrintf(format, args);
  return {
    status: errors.length === 0 ? 0 : 1,
    out: text,
    err: errors.map((each) => `${io.name}: ${each}\n`).join(''),
  };
};

/** Commands that work on text. */
export const textTools: Readonly<Record<string, ScriptTool>> = {
  awk,
  cat,
  cut,
  echo,
  egrep: grep,
  fgrep: grep,
  grep,
  head,
  printf,
  sed,
  sort,
  tail,
  tee,
  tr,
  uniq,
  wc,
  xargs,
};
