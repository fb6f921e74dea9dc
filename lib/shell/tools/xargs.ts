import { type Tool, type ToolContext, ToolError } from '../process';
import { gnuFlags, helpHint } from './gnu-flags';
import { linesOf } from './read-files';

/** The words of standard input, as xargs reads quotes. */
function xargsWords(text: string): readonly string[] {
  const words: string[] = [];
  let current: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === '\n') break;
      if (char === quote) quote = '';
      else current = (current ?? '') + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      current ??= '';
    } else if (char === '\\') {
      at += 1;
      current = (current ?? '') + (text[at] ?? '');
    } else if (/\s/.test(char)) {
      if (current !== undefined) words.push(current);
      current = undefined;
    } else current = (current ?? '') + char;
  }
  if (quote !== '') {
    const which = quote === "'" ? 'single' : 'double';
    throw new ToolError(
      `unmatched ${which} quote; by default quotes are special to xargs unless you use the -0 option`,
    );
  }
  return current === undefined ? words : [...words, current];
}

/** xargs' numbers; a group of none would never end. */
function refuseNumber(context: ToolContext, flag: string, text: string | undefined, least: number): void {
  if (text === undefined) return;
  if (!/^[-+]?\d+$/.test(text))
    throw new ToolError(`invalid number "${text}" for -${flag} option${helpHint(context)}`);
  if (Number(text) < least)
    throw new ToolError(`value ${text} for -${flag} option should be >= ${least}${helpHint(context)}`);
}

/** xargs: a command for the words on standard input. */
export const xargs: Tool = async (context) => {
  const flags = gnuFlags(
    context,
    'n:|max-args I: i:: r|no-run-if-empty d:|delimiter 0|null t|verbose P: L: a: x',
    { stopAtFirst: true },
  );
  for (const [flag, least] of [
    ['n', 1],
    ['L', 1],
    ['P', 0],
  ] as const)
    refuseNumber(context, flag, flags.value(flag), least);
  const typed = flags.value('d');
  if (typed !== undefined && !/^(?:.|\\.+)$/su.test(typed))
    throw new ToolError(
      `Invalid input delimiter specification ${typed}: the delimiter must be either a single character or an escape sequence starting with \\.`,
    );
  const source = flags.value('a');
  if (
    source !== undefined &&
    source !== '-' &&
    context.machine.files.stat(context.path(source)) === undefined
  )
    throw new ToolError(`Cannot open input file ‘${source}’: No such file or directory`);
  if (flags.has('n') && (flags.has('L') || flags.has('I')))
    await context.err(
      `xargs: warning: options --max-args and ${flags.has('I') ? '--replace/-I/-i' : '-L'} are mutually exclusive, ignoring previous --max-args value\n`,
    );
  const text =
    source === undefined || source === '-' ? await context.stdin.readAll() : await context.readFile(source);
  const delimiter = flags.has('0') ? '\0' : flags.value('d')?.replace('\\n', '\n');
  const mark = flags.value('I');
  const items =
    delimiter !== undefined
      ? text
          .replace(new RegExp(`${delimiter === '\0' ? '\\0' : delimiter}$`), '')
          .split(delimiter)
          .filter((item) => item !== '')
      : mark !== undefined || flags.has('L')
        ? linesOf(text)
            .map((item) => item.trim())
            .filter((item) => item !== '')
        : xargsWords(text);
  const command = flags.rest.length === 0 ? ['echo'] : flags.rest;
  const groups: string[][] = [];
  if (mark !== undefined)
    for (const item of items) groups.push(command.map((word) => word.replaceAll(mark, item)));
  else {
    const size = Number(flags.value('L') ?? flags.value('n') ?? 5000);
    for (let at = 0; at < items.length; at += size) {
      const part = items.slice(at, at + size);
      groups.push([...command, ...(flags.has('L') ? part.flatMap(xargsWords) : part)]);
    }
    if (items.length === 0 && !flags.has('r')) groups.push([...command]);
  }
  let status = 0;
  for (const argv of groups) {
    await context.step();
    if (flags.has('t')) await context.err(`${argv.join(' ')}\n`);
    const one = await context.run(argv, { stdin: '' });
    if (one === 127 || one === 126) return one;
    if (one === 255) {
      await context.err(`xargs: ${argv[0]}: exited with status 255; aborting\n`);
      return 124;
    }
    if (one !== 0) status = 123;
  }
  return status;
};
