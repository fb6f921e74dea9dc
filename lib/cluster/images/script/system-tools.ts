import { durationMs, evaluateExpr, formatDate, parseFlags, sha256Hex } from '../../../base';
import { absolute } from './script-files';
import { fails, inputsOf, joinLines, prints, type Ran, type ScriptTool } from './tool';

const UNENDING = Number.POSITIVE_INFINITY;

const sleep: ScriptTool = (io) => {
  let total = 0;
  for (const word of io.args) {
    const ms = word === 'inf' ? UNENDING : word === 'infinity' ? UNENDING : durationMs(word);
    if (ms === undefined) return fails(io, `invalid number '${word}'`);
    total += ms;
  }
  if (io.args.length === 0) return fails(io, 'missing operand');
  return { ...prints(''), waitMs: total };
};

const date: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'u|utc d:|date I:: R s: r: D:');
  const format = flags.rest.find((word) => word.startsWith('+'))?.slice(1);
  const at = /^@(\d+)$/.exec(flags.value('d') ?? '');
  const now = at === null ? io.world.now : Number(at[1]) * 1000;
  if (flags.has('I')) return prints(`${formatDate(now, '%FT%T+00:00')}\n`);
  if (flags.has('R')) return prints(`${formatDate(now, '%a, %d %b %Y %T +0000')}\n`);
  return prints(`${formatDate(now, format ?? '%a %b %e %T UTC %Y')}\n`);
};

const env: ScriptTool = (io) => {
  const variables: Record<string, string> = { ...io.env };
  const rest = io.args.filter((word) => word !== '-i' && word !== '-');
  const at = rest.findIndex((word) => !/^\w+=/.test(word));
  for (const word of at < 0 ? rest : rest.slice(0, at))
    variables[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  if (at >= 0) return io.run(rest.slice(at));
  return prints(joinLines(Object.entries(variables).map(([name, value]) => `${name}=${value}`)));
};

const printenv: ScriptTool = (io) => {
  if (io.args.length === 0) return env(io);
  const found = io.args.flatMap((name) => io.env[name] ?? []);
  return prints(joinLines(found), found.length === io.args.length ? 0 : 1);
};

const seq: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 's: w', { stopAtFirst: true });
  const numbers = flags.rest.map(Number);
  if (numbers.length === 0 || numbers.some(Number.isNaN))
    return fails(io, `invalid number '${flags.rest.find((word) => Number.isNaN(Number(word))) ?? ''}'`);
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 1, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 1, numbers[1] ?? 1, numbers[2] ?? 0];
  const count = step === 0 ? 0 : Math.min(100_000, Math.floor((last - first) / step + 1e-9) + 1);
  const all = Array.from({ length: Math.max(0, count) }, (_, index) => String(first + index * step));
  const width = flags.has('w') ? Math.max(...all.map((each) => each.length)) : 0;
  const separator = flags.value('s') ?? '\n';
  return prints(all.length === 0 ? '' : `${all.map((each) => each.padStart(width, '0')).join(separator)}\n`);
};

const timeout: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 's: k: t:', { stopAtFirst: true });
  const [limit = '', ...command] = flags.has('t') ? [flags.value('t') ?? '', ...flags.rest] : flags.rest;
  const ms = durationMs(limit) ?? 0;
  const ran = io.run(command);
  if ((ran.waitMs ?? 0) <= ms) return ran;
  return { status: io.busybox ? 143 : 124, out: '', err: io.busybox ? 'Terminated\n' : '', waitMs: ms };
};

const id: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'u g n G r');
  if (flags.has('u') || flags.has('g') || flags.has('G')) return prints(flags.has('n') ? 'root\n' : '0\n');
  return prints('uid=0(root) gid=0(root) groups=0(root)\n');
};

const uname: ScriptTool = (io) => {
  const all: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', io.world.hostname],
    ['r', '6.8.0-64-generic'],
    ['v', '#67-Ubuntu SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['o', io.busybox ? 'Linux' : 'GNU/Linux'],
  ];
  const flags = parseFlags(io.args, 'a s n r v m o p');
  const shown = all.filter(
    ([letter]) => flags.has('a') || flags.has(letter) || (flags.order.length === 0 && letter === 's'),
  );
  return prints(`${shown.map(([, text]) => text).join(' ')}\n`);
};

const hostname: ScriptTool = (io) =>
  prints(`${io.args.includes('-i') || io.args.includes('-I') ? io.world.podIP : io.world.hostname}\n`);

const expr: ScriptTool = (io) => {
  const value = evaluateExpr(io.args);
  return prints(`${value}\n`, value === '' || value === '0' ? 1 : 0);
};

const sum: ScriptTool = (io) => {
  const { texts, err } = inputsOf(
    io,
    io.args.filter((word) => !word.startsWith('-')),
    (typed) => absolute(io.cwd, typed),
  );
  return {
    status: err === '' ? 0 : 1,
    out: texts.map(({ name, text }) => `${sha256Hex(text)}  ${name}\n`).join(''),
    err,
  };
};

const which: ScriptTool = (io) => {
  const found = io.args.filter((name) => io.run(['command', '-v', name]).status === 0);
  return prints(joinLines(found.map((name) => `/usr/bin/${name}`)), found.length === io.args.length ? 0 : 1);
};

const busy = (): Ran => ({ ...prints(''), waitMs: UNENDING });

/** Commands about time, the machine and its processes. */
export const systemTools: Readonly<Record<string, ScriptTool>> = {
  date,
  env,
  expr,
  free: () =>
    prints(
      '              total        used        free      shared  buff/cache   available\nMem:        4018588      812345     1203344        2044     2002899     2946244\nSwap:             0           0           0\n',
    ),
  hostname,
  id,
  nproc: () => prints('2\n'),
  printenv,
  ps: (io) => prints(`PID   USER     TIME  COMMAND\n    1 root      0:00 ${io.world.argv.join(' ')}\n`),
  seq,
  sha256sum: sum,
  sleep,
  timeout,
  tty: () => prints('not a tty\n', 1),
  uname,
  uptime: (io) => prints(` ${formatDate(io.world.now, '%T')} up 1 day,  load average: 0.08, 0.03, 0.01\n`),
  which,
  whoami: () => prints('root\n'),
  yes: busy,
};
