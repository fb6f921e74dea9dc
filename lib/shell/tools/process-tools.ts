import { durationMs, formatDate, parseTime } from '../../base';
import { createSignal, parseFlags, type Tool, type ToolContext, ToolError } from '../process';
import { editor } from './editor';
import { find } from './find';
import { gnuFlags, helpHint, refuseArgument } from './gnu-flags';
import { linesOf, readFiles } from './read-files';
import { xargs } from './xargs';

/** Formats of `date -I`, by the first letter of its precision. */
const ISO_FORMATS: Readonly<Record<string, string>> = {
  h: '%FT%H+00:00',
  m: '%FT%H:%M+00:00',
  s: '%FT%T+00:00',
  n: '%FT%T,%N+00:00',
};

const date: Tool = async (context) => {
  const flags = gnuFlags(
    context,
    'u|utc|universal d:|date I::|iso-8601 R|rfc-email s: r:|reference rfc-3339:',
  );
  let now = context.now();
  const [operand, extra] = flags.rest;
  if (extra !== undefined || (operand !== undefined && flags.has('d') && !operand.startsWith('+')))
    throw new ToolError(`extra operand ‘${extra ?? operand}’${helpHint(context)}`);
  const reference = flags.value('r');
  if (flags.has('d') && reference !== undefined)
    throw new ToolError(
      `the options to specify dates for printing are mutually exclusive${helpHint(context)}`,
    );
  if (reference !== undefined && context.machine.files.stat(context.path(reference)) === undefined)
    throw new ToolError(`${reference}: No such file or directory`);
  if (operand !== undefined && !operand.startsWith('+')) throw new ToolError(`invalid date ‘${operand}’`);
  const given = flags.value('d') ?? flags.value('s');
  if (given !== undefined) {
    const parsed = readDate(given, now);
    if (parsed === undefined || Number.isNaN(parsed)) throw new ToolError(`invalid date ‘${given}’`);
    now = parsed;
  }
  const [format] = flags.rest;
  refuseArgument(context, 'iso-8601', flags.value('I'), ['hours', 'minutes', 'date', 'seconds', 'ns']);
  refuseArgument(context, 'rfc-3339', flags.value('rfc-3339'), ['date', 'seconds', 'ns']);
  if (flags.has('I'))
    await context.out(`${formatDate(now, ISO_FORMATS[flags.value('I')?.[0] ?? 'd'] ?? '%F')}\n`);
  else if (flags.has('R')) await context.out(`${formatDate(now, '%a, %d %b %Y %T +0000')}\n`);
  else
    await context.out(
      `${formatDate(now, format?.startsWith('+') === true ? format.slice(1) : '%a %b %e %T UTC %Y')}\n`,
    );
  return 0;
};

const UNIT_MS: Readonly<Record<string, number>> = {
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** What `date -d` takes: an epoch, a day with or without a time, and words that move it. */
function readDate(words: string, now: number): number | undefined {
  if (words.startsWith('@')) return Number(words.slice(1)) * 1000;
  let rest = words.trim();
  let at = now;
  const stamp = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|UTC)?)?(?=\s|$)/.exec(rest);
  if (stamp) {
    const time = stamp[2] ?? '00:00:00';
    const parsed = parseTime(`${stamp[1]}T${time.length === 5 ? `${time}:00` : time}Z`);
    if (parsed === undefined) return undefined;
    at = parsed;
    rest = rest.slice(stamp[0].length);
  } else if (parseTime(rest) !== undefined) return parseTime(rest);
  for (rest = rest.trim(); rest !== ''; rest = rest.trim()) {
    const named = /^(now|today|yesterday|tomorrow)\b/.exec(rest);
    const moved = /^([+-]?)\s*(\d+)?\s*(sec|second|min|minute|hour|day|week)s?(\s+ago)?(?=\s|$)/.exec(rest);
    if (named) {
      at += named[1] === 'yesterday' ? -86_400_000 : named[1] === 'tomorrow' ? 86_400_000 : 0;
      rest = rest.slice(named[0].length);
    } else if (moved) {
      const sign = (moved[1] === '-' ? -1 : 1) * (moved[4] === undefined ? 1 : -1);
      at += sign * Number(moved[2] ?? 1) * (UNIT_MS[moved[3] ?? ''] ?? 0);
      rest = rest.slice(moved[0].length);
    } else return undefined;
  }
  return at;
}

const timeout: Tool = async (context) => {
  const busybox = context.machine.shell === 'ash';
  const flags = gnuFlags(context, 's:|signal k:|kill-after t: preserve-status foreground v', {
    stopAtFirst: true,
    status: 125,
  });
  const [limit, ...argv] = flags.rest;
  if (limit === undefined || argv.length === 0)
    throw new ToolError("missing operand\nTry 'timeout --help' for more information.", 125);
  const ms = durationMs(limit);
  if (ms === undefined)
    throw new ToolError(`invalid time interval ‘${limit}’\nTry 'timeout --help' for more information.`, 125);
  if (ms === 0) return context.run(argv);
  const clock = createSignal(context.cancel);
  let late = false;
  const ended = createSignal();
  void context.world.timer.sleep(ms, ended).then(() => {
    if (ended.cancelled) return;
    late = true;
    clock.raise(15);
  });
  const status = await context.run(argv, { cancel: clock });
  ended.raise(1);
  if (!late) return status;
  if (busybox) return 143;
  if (/^(SIG)?(KILL|9)$/.test(flags.value('s') ?? '')) return 137;
  return flags.has('preserve-status') ? status : 124;
};

const watch: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'n:|interval d|differences t|no-title g|chgexit e|errexit c|color x|exec b',
    { stopAtFirst: true },
  );
  if (flags.rest.length === 0) throw new ToolError('Usage: watch [options] command');
  const everyMs = Math.max(0.1, Number(flags.value('n') ?? 2)) * 1000;
  const line = flags.rest.join(' ');
  let before: string | undefined;
  for (;;) {
    let text = '';
    const status = await context.run(['sh', '-c', line], {
      out: (piece) => {
        text += piece;
      },
    });
    const title = `Every ${(everyMs / 1000).toFixed(1)}s: ${line}`;
    const when = `${context.machine.hostname}: ${formatDate(context.now(), '%a %b %e %T %Y')}`;
    const { columns, rows } = context.size;
    const gap = ' '.repeat(Math.max(1, columns - title.length - when.length));
    const head = flags.has('t') ? '' : `${title}${gap}${when}\n\n`;
    const shown = linesOf(text).slice(0, Math.max(1, rows - (head === '' ? 1 : 3)));
    await context.out(`\x1b[H\x1b[2J${head}${shown.map((each) => `${each}\n`).join('')}`);
    if (flags.has('g') && before !== undefined && before !== text) return 0;
    if (flags.has('e') && status !== 0) return 8;
    before = text;
    await context.sleep(everyMs);
  }
};

/** The longest common subsequence of two texts' lines, as runs of kept and changed lines. */
function changes(
  a: readonly string[],
  b: readonly string[],
): readonly {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = rows[i];
      const below = rows[i + 1];
      if (row === undefined || below === undefined) continue;
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const found: { from: number; to: number; newFrom: number; newTo: number }[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const [from, newFrom] = [i, j];
    while (i < a.length || j < b.length) {
      if (i < a.length && j < b.length && a[i] === b[j]) break;
      if (j >= b.length || (i < a.length && (rows[i + 1]?.[j] ?? 0) >= (rows[i]?.[j + 1] ?? 0))) i += 1;
      else j += 1;
    }
    found.push({ from, to: i, newFrom, newTo: j });
  }
  return found;
}

const diff: Tool = async (context) => {
  const hint = "diff: Try 'diff --help' for more information.";
  const flags = parseFlags(context.args, 'u|unified U: q|brief r N w b i y B color::', { status: 2, hint });
  const [left, right, extra] = flags.rest;
  if (left === undefined || right === undefined)
    throw new ToolError(`missing operand after '${left ?? 'diff'}'\n${hint}`, 2);
  if (extra !== undefined) throw new ToolError(`extra operand '${extra}'\n${hint}`, 2);
  const lines = flags.value('U');
  if (lines !== undefined && !/^\d+$/.test(lines))
    throw new ToolError(`invalid context length '${lines}'\n${hint}`, 2);
  const { texts, failed } = await readFiles(context, [left, right]);
  const [a, b] = texts;
  if (failed || a === undefined || b === undefined) return 2;
  const key = (line: string) =>
    flags.has('w') ? line.replace(/\s+/g, '') : flags.has('i') ? line.toLowerCase() : line;
  const [before, after] = [linesOf(a.text), linesOf(b.text)];
  const found = changes(before.map(key), after.map(key));
  if (found.length === 0) return 0;
  if (flags.has('q')) await context.out(`Files ${left} and ${right} differ\n`);
  else if (flags.has('u') || flags.has('U'))
    await context.out(unified(context, [left, right], before, after, found, Number(flags.value('U') ?? 3)));
  else {
    const range = (from: number, to: number) => (to - from > 1 ? `${from + 1},${to}` : `${to}`);
    for (const { from, to, newFrom, newTo } of found) {
      const letter = from === to ? 'a' : newFrom === newTo ? 'd' : 'c';
      let out = `${range(from, to)}${letter}${range(newFrom, newTo)}\n`;
      for (const line of before.slice(from, to)) out += `< ${line}\n`;
      if (letter === 'c') out += '---\n';
      for (const line of after.slice(newFrom, newTo)) out += `> ${line}\n`;
      await context.out(out);
    }
  }
  return 1;
};

function unified(
  context: ToolContext,
  names: readonly [string, string],
  before: readonly string[],
  after: readonly string[],
  found: ReturnType<typeof changes>,
  lines: number,
): string {
  const stamp = (name: string) =>
    formatDate(context.machine.files.stat(context.path(name))?.modifiedAt ?? context.now(), '%F %T.%N +0000');
  let out = `--- ${names[0]}\t${stamp(names[0])}\n+++ ${names[1]}\t${stamp(names[1])}\n`;
  for (let at = 0; at < found.length; ) {
    let last = at;
    while ((found[last + 1]?.from ?? Number.POSITIVE_INFINITY) - (found[last]?.to ?? 0) <= 2 * lines)
      last += 1;
    const [first, end] = [found[at], found[last]];
    if (first === undefined || end === undefined) return out;
    const from = Math.max(0, first.from - lines);
    const to = Math.min(before.length, end.to + lines);
    const newFrom = Math.max(0, first.newFrom - lines);
    const newTo = Math.min(after.length, end.newTo + lines);
    const range = (start: number, stop: number) =>
      stop - start === 1 ? `${start + 1}` : `${stop === start ? start : start + 1},${stop - start}`;
    out += `@@ -${range(from, to)} +${range(newFrom, newTo)} @@\n`;
    let cursor = from;
    for (const change of found.slice(at, last + 1)) {
      for (const line of before.slice(cursor, change.from)) out += ` ${line}\n`;
      for (const line of before.slice(change.from, change.to)) out += `-${line}\n`;
      for (const line of after.slice(change.newFrom, change.newTo)) out += `+${line}\n`;
      cursor = change.to;
    }
    for (const line of before.slice(cursor, to)) out += ` ${line}\n`;
    at = last + 1;
  }
  return out;
}

const less: Tool = async (context) => {
  const { texts, failed } = await readFiles(
    context,
    context.args.filter((word) => !/^[-+]/.test(word)),
  );
  for (const { text } of texts) await context.out(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  return failed ? 1 : 0;
};

const man: Tool = async (context) => {
  const [name] = context.args;
  if (name === undefined) throw new ToolError('What manual page do you want?');
  await context.err(`No manual entry for ${name}\n(try: ${name} --help, or help)\n`);
  return 16;
};

/** A main process as it calls itself: start scripts hand over to what comes after them, and nginx gives itself a title. */
function titleOf(command: readonly string[]): string {
  const words = command[0]?.endsWith('docker-entrypoint.sh') ? command.slice(1) : command;
  return `${words[0] === 'nginx' ? 'nginx: master process ' : ''}${words.join(' ')}`;
}

/** Process ids in a container, whose main process is 1. */
const SHELL_PID = 7;
const PS_PID = 14;

/** ps: procps' on a machine, busybox' in a container, where it is the only one that images bring. */
const ps: Tool = async (context) => {
  const { machine, stdoutIsTerminal, argv } = context;
  if (machine.kind === 'container') {
    const processes = [
      [1, titleOf(machine.command ?? [])],
      ...(stdoutIsTerminal ? [[SHELL_PID, machine.shell === 'ash' ? 'sh' : machine.shell]] : []),
      [PS_PID, argv.join(' ')],
    ];
    await context.out('PID   USER     TIME  COMMAND\n');
    for (const [pid, command] of processes)
      await context.out(`${String(pid).padStart(5)} ${machine.user.padEnd(8)}  0:00 ${command}\n`);
    return 0;
  }
  await context.out('    PID TTY          TIME CMD\n');
  await context.out(`   4201 pts/0    00:00:00 ${machine.shell}\n   4242 pts/0    00:00:00 ps\n`);
  return 0;
};

/** Tools about time, other processes and whole files. */
export const processTools: Readonly<Record<string, Tool>> = {
  date,
  timeout,
  watch,
  xargs,
  find,
  diff,
  less,
  more: less,
  vi: editor,
  vim: editor,
  nano: editor,
  editor,
  man,
  ps,
};
