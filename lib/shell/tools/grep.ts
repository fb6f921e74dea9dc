import { compileRegExp, FileError, matchesPattern } from '../../base';
import { baseName, parseFlags, type Tool, type ToolContext, ToolError } from '../process';

const SPEC =
  'E|extended-regexp F|fixed-strings G|basic-regexp P|perl-regexp i|ignore-case y v|invert-match c|count n|line-number o|only-matching ' +
  'q|quiet|silent r|recursive R w|word-regexp x|line-regexp l|files-with-matches L|files-without-match H|with-filename ' +
  'h|no-filename s|no-messages e:|regexp f:|file m:|max-count A:|after-context B:|before-context C:|context color:: colour:: ' +
  'line-buffered include: exclude: a|text';

/** Every file below a directory, in order. */
export function filesBelow(context: ToolContext, shown: string): readonly string[] {
  const { files } = context.machine;
  const found: string[] = [];
  const walk = (name: string) => {
    const path = context.path(name);
    const info = files.stat(path);
    if (info?.kind === 'file') found.push(name);
    if (info?.kind !== 'directory') return;
    for (const child of files.list(path)) walk(name === '/' ? `/${child}` : `${name}/${child}`);
  };
  walk(shown);
  return found;
}

/** grep; reads line by line, so that what follows a pipe shows as it comes. */
export const grep: Tool = async (context) => {
  const name = context.name.slice(context.name.lastIndexOf('/') + 1);
  const flags = parseFlags(context.args, SPEC, {
    status: 2,
    number: 'C',
    hint: "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.",
  });
  for (const flag of ['A', 'B', 'C'] as const) {
    const lines = flags.value(flag);
    if (lines !== undefined && !/^\d+$/.test(lines))
      throw new ToolError(`${lines}: invalid context length argument`, 2);
  }
  const limit = flags.value('m');
  if (limit !== undefined && !/^-?\d+$/.test(limit)) throw new ToolError('invalid max count', 2);
  if (['E', 'F', 'P', 'G'].filter((matcher) => flags.has(matcher)).length > 1)
    throw new ToolError('conflicting matchers specified', 2);
  const operands = [...flags.rest];
  let sources = flags.values('e').flatMap((text) => text.split('\n'));
  for (const file of flags.values('f'))
    sources = [...sources, ...(await context.readFile(file)).replace(/\n$/, '').split('\n')];
  if (!flags.has('e') && !flags.has('f')) {
    const pattern = operands.shift();
    if (pattern === undefined) {
      await context.err(
        "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
      );
      return 2;
    }
    sources = pattern.split('\n');
  }
  const kind =
    flags.has('F') || name === 'fgrep'
      ? 'fixed'
      : flags.has('P')
        ? 'perl'
        : flags.has('E') || name === 'egrep'
          ? 'extended'
          : 'basic';
  const shapes = sources.map((source) => {
    const shape = compileRegExp(source, kind, `g${flags.has('i') || flags.has('y') ? 'i' : ''}`);
    const text = flags.has('x')
      ? `^(?:${shape.source})$`
      : flags.has('w')
        ? `(?<!\\w)(?:${shape.source})(?!\\w)`
        : shape.source;
    return new RegExp(text, shape.flags);
  });
  const recursive = flags.has('r') || flags.has('R');
  const targets = recursive
    ? (operands.length === 0 ? ['.'] : operands).flatMap((operand) => {
        const below = filesBelow(context, operand);
        const kept = below.filter((path) =>
          keeps(flags.values('include'), flags.values('exclude'), baseName(path)),
        );
        return below.length === 0 && context.machine.files.stat(context.path(operand)) === undefined
          ? [operand]
          : kept;
      })
    : operands.length === 0
      ? ['-']
      : operands;
  const named = !flags.has('h') && (flags.has('H') || targets.length > 1 || recursive);
  const before = Number(flags.value('B') ?? flags.value('C') ?? 0);
  const after = Number(flags.value('A') ?? flags.value('C') ?? 0);
  const most = flags.has('m') ? Number(flags.value('m')) : Number.POSITIVE_INFINITY;
  const colour = context.stdoutIsTerminal && (flags.has('color') || flags.has('colour')) && !flags.has('v');
  const matches = (line: string) => {
    for (const shape of shapes) {
      shape.lastIndex = 0;
      if (shape.test(line)) return true;
    }
    return false;
  };
  let matched = false;
  let failed = false;
  let printedGroup = false;
  for (const target of targets) {
    const shown =
      target === '-'
        ? '(standard input)'
        : operands.length === 0 && recursive
          ? target.replace(/^\.\//, '')
          : target;
    let lines: (() => Promise<string | undefined>) | undefined;
    try {
      lines = await lineSource(context, target);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!flags.has('s')) await context.err(`grep: ${target}: ${error.message}\n`);
      failed = true;
      continue;
    }
    let count = 0;
    let number = 0;
    let follow = 0;
    let lastPrinted = 0;
    const kept: { readonly number: number; readonly line: string }[] = [];
    const prefix = (at: number, mark: string) =>
      (named ? `${shown}${mark}` : '') + (flags.has('n') ? `${at}${mark}` : '');
    const separate = async (from: number) => {
      if ((before > 0 || after > 0) && printedGroup && from > lastPrinted + 1) await context.out('--\n');
      printedGroup = true;
    };
    for (let raw = await lines(); raw !== undefined && count < most; raw = await lines()) {
      number += 1;
      const line = raw.replace(/\n$/, '');
      if (matches(line) !== flags.has('v')) {
        count += 1;
        matched = true;
        if (flags.has('q')) return 0;
        if (flags.has('l') || flags.has('L')) break;
        if (flags.has('c')) continue;
        if (flags.has('o')) {
          if (!flags.has('v'))
            await context.out(
              onlyMatches(line, shapes)
                .map((text) => `${prefix(number, ':')}${text}\n`)
                .join(''),
            );
          continue;
        }
        await separate(kept[0]?.number ?? number);
        for (const earlier of kept) await context.out(`${prefix(earlier.number, '-')}${earlier.line}\n`);
        kept.length = 0;
        await context.out(`${prefix(number, ':')}${colour ? painted(line, shapes) : line}\n`);
        lastPrinted = number;
        follow = after;
      } else if (follow > 0) {
        follow -= 1;
        await context.out(`${prefix(number, '-')}${line}\n`);
        lastPrinted = number;
      } else if (before > 0) {
        kept.push({ number, line });
        if (kept.length > before) kept.shift();
      }
      await context.step();
    }
    if (flags.has('c')) await context.out(`${named ? `${shown}:` : ''}${count}\n`);
    else if (flags.has('l') && count > 0) await context.out(`${shown}\n`);
    else if (flags.has('L') && count === 0) await context.out(`${shown}\n`);
  }
  return failed ? 2 : matched ? 0 : 1;
};

function keeps(include: readonly string[], exclude: readonly string[], name: string): boolean {
  if (exclude.some((pattern) => matchesPattern(pattern, name))) return false;
  return include.length === 0 || include.some((pattern) => matchesPattern(pattern, name));
}

async function lineSource(context: ToolContext, target: string): Promise<() => Promise<string | undefined>> {
  if (target === '-') return () => context.stdin.readLine();
  const text = await context.readFile(target);
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let at = 0;
  return async () => {
    at += 1;
    return lines[at - 1];
  };
}

function onlyMatches(line: string, shapes: readonly RegExp[]): readonly string[] {
  const found: { readonly at: number; readonly text: string }[] = [];
  for (const shape of shapes) {
    shape.lastIndex = 0;
    for (const match of line.matchAll(shape))
      if (match[0] !== '') found.push({ at: match.index, text: match[0] });
  }
  return found.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

function painted(line: string, shapes: readonly RegExp[]): string {
  let out = line;
  for (const shape of shapes)
    out = out.replace(shape, (text) => (text === '' ? '' : `\x1b[01;31m\x1b[K${text}\x1b[m\x1b[K`));
  return out;
}
