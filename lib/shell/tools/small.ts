import { durationMs, echoText, formatPrintf } from '../../base';
import { baseName, type Tool, ToolError } from '../process';
import { gnuFlags, helpHint } from './gnu-flags';

const sleep: Tool = async (context) => {
  if (context.args.length === 0)
    throw new ToolError("missing operand\nTry 'sleep --help' for more information.");
  let total = 0;
  for (const text of context.args) {
    const ms = durationMs(text);
    if (ms === undefined)
      throw new ToolError(`invalid time interval ‘${text}’\nTry 'sleep --help' for more information.`);
    total += ms;
  }
  await context.sleep(total);
  return 0;
};

/** seq's format must have one directive, for a floating point number. */
function refuseFormat(format: string): void {
  const directives = [...format.replaceAll('%%', '').matchAll(/%([-+ #0']*\d*(?:\.\d*)?)(.?)/g)];
  const [first, second] = directives;
  if (first === undefined) throw new ToolError(`format ‘${format}’ has no % directive`);
  const letter = first[2] ?? '';
  if (letter === '') throw new ToolError(`format ‘${format}’ ends in %`);
  if (!'efgaEFGA'.includes(letter))
    throw new ToolError(`format ‘${format}’ has unknown %${letter} directive`);
  if (second !== undefined) throw new ToolError(`format ‘${format}’ has too many % directives`);
}

const seq: Tool = async (context) => {
  const flags = gnuFlags(
    context,
    's:|separator w|equal-width f:|format',
    {},
    context.args.map((word) => (/^-[\d.]/.test(word) ? `\0${word}` : word)),
  );
  const operands = flags.rest.map((word) => word.replace('\0', ''));
  const [, , , extra] = operands;
  if (extra !== undefined) throw new ToolError(`extra operand ‘${extra}’${helpHint(context)}`);
  const format = flags.value('f');
  if (format !== undefined) refuseFormat(format);
  if (format !== undefined && flags.has('w'))
    throw new ToolError(
      `format string may not be specified when printing equal width strings${helpHint(context)}`,
    );
  const numbers = operands.map((text) => {
    if (/^[-+]?nan$/i.test(text))
      throw new ToolError(`invalid ‘not-a-number’ argument: ‘${text}’${helpHint(context)}`);
    if (/^[-+]?inf(inity)?$/i.test(text))
      return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) {
      throw new ToolError(
        `invalid floating point argument: ‘${text}’\nTry 'seq --help' for more information.`,
      );
    }
    return Number(text);
  });
  if (numbers.length === 0) throw new ToolError("missing operand\nTry 'seq --help' for more information.");
  const first = numbers.length > 1 ? (numbers[0] ?? 1) : 1;
  const step = numbers.length > 2 ? (numbers[1] ?? 1) : 1;
  const last = numbers[numbers.length - 1] ?? 0;
  if (step === 0) throw new ToolError(`invalid Zero increment value: ‘${operands[1]}’${helpHint(context)}`);
  const places = Math.max(0, ...operands.map((text) => text.split('.')[1]?.length ?? 0));
  const separator = flags.value('s') ?? '\n';
  const width = flags.has('w') ? Math.max(first.toFixed(places).length, last.toFixed(places).length) : 0;
  let wrote = false;
  for (let index = 0; ; index += 1) {
    const value = first + index * step;
    if (step > 0 ? value > last + 1e-9 : value < last - 1e-9) break;
    const text =
      format === undefined
        ? value.toFixed(places).padStart(width, '0')
        : formatPrintf(format, [String(value)], true).text;
    await context.out((wrote ? separator : '') + text);
    wrote = true;
  }
  if (wrote) await context.out('\n');
  return 0;
};

const yes: Tool = async (context) => {
  const line = `${context.args.length === 0 ? 'y' : context.args.join(' ')}\n`;
  for (;;) {
    await context.step();
    await context.out(line);
  }
};

const basename: Tool = async (context) => {
  const flags = gnuFlags(context, 'a|multiple s:|suffix');
  const [path, ending] = flags.rest;
  if (path === undefined) throw new ToolError("missing operand\nTry 'basename --help' for more information.");
  const many = flags.has('a') || flags.has('s');
  for (const each of many ? flags.rest : [path]) {
    const suffix = flags.value('s') ?? (many ? undefined : ending);
    const base = baseName(each);
    await context.out(
      `${suffix !== undefined && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base}\n`,
    );
  }
  return 0;
};

const dirname: Tool = async (context) => {
  for (const path of context.args) {
    const trimmed = path.replace(/\/+$/, '');
    const cut = trimmed.lastIndexOf('/');
    await context.out(
      `${cut < 0 ? (trimmed === '' && path !== '' ? '/' : '.') : trimmed.slice(0, cut).replace(/\/+$/, '') || '/'}\n`,
    );
  }
  return 0;
};

const which: Tool = async (context) => {
  let status = 0;
  for (const name of context.args.filter((word) => !word.startsWith('-'))) {
    const path = context.which(name);
    if (path === undefined) status = 1;
    else await context.out(`${path}\n`);
  }
  return status;
};

const id: Tool = async (context) => {
  const { user } = context.machine;
  const number = user === 'root' ? 0 : 1000;
  const flags = gnuFlags(context, 'u|user g|group n|name G r');
  if (flags.has('u') || flags.has('g') || flags.has('G'))
    await context.out(`${flags.has('n') ? user : number}\n`);
  else await context.out(`uid=${number}(${user}) gid=${number}(${user}) groups=${number}(${user})\n`);
  return 0;
};

const uname: Tool = async (context) => {
  const flags = gnuFlags(context, 'a|all s n r v m p i o');
  const parts: Readonly<Record<string, string>> = {
    s: 'Linux',
    n: context.machine.hostname,
    r: '6.1.0-28-amd64',
    v: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1',
    m: 'x86_64',
    o: 'GNU/Linux',
  };
  const letters = flags.has('a') ? 'snrvmo' : flags.order.length === 0 ? 's' : 'snrvmpio';
  const shown = [...letters].filter(
    (letter) => flags.has('a') || flags.order.length === 0 || flags.has(letter),
  );
  await context.out(`${shown.map((letter) => parts[letter] ?? 'unknown').join(' ')}\n`);
  return 0;
};

const hostname: Tool = async (context) => {
  const [flag] = context.args;
  if (flag === '-i' || flag === '-I' || flag === '--ip-address') {
    await context.out(
      `${context.world.network.addresses(context.machine.vantage).join(' ')}${flag === '-I' ? ' ' : ''}\n`,
    );
  } else await context.out(`${context.machine.hostname}\n`);
  return 0;
};

const env: Tool = async (context) => {
  const flags = gnuFlags(context, 'i|ignore-environment u:|unset 0|null', {
    stopAtFirst: true,
    status: 125,
  });
  const environment: Record<string, string> = flags.has('i') ? {} : { ...context.environment };
  for (const name of flags.values('u')) delete environment[name];
  const words = [...flags.rest];
  while (/^[A-Za-z_]\w*=/.test(words[0] ?? '')) {
    const word = words.shift() ?? '';
    environment[word.slice(0, word.indexOf('='))] = word.slice(word.indexOf('=') + 1);
  }
  if (words.length > 0) return context.run(words, { environment });
  await context.out(
    Object.entries(environment)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return 0;
};

const printenv: Tool = async (context) => {
  if (context.args.length === 0) return env(context);
  let status = 0;
  for (const name of context.args) {
    const value = context.environment[name];
    if (value === undefined) status = 1;
    else await context.out(`${value}\n`);
  }
  return status;
};

const printf: Tool = async (context) => {
  const [format, ...args] = context.args;
  if (format === undefined) throw new ToolError("missing operand\nTry 'printf --help' for more information.");
  const { text, errors } = formatPrintf(format, args);
  await context.out(text);
  for (const error of errors) await context.err(`printf: ${error}\n`);
  return errors.length > 0 ? 1 : 0;
};

/** A program that does what the shell's own command of its name does. */
const asShell: Tool = (context) => context.run(['sh', '-c', '"$0" "$@"', context.name, ...context.args]);

/** Programs of a few lines. */
export const smallTools: Readonly<Record<string, Tool>> = {
  test: asShell,
  '[': asShell,
  true: async () => 0,
  false: async () => 1,
  echo: async (context) => {
    await context.out(echoText(context.args, false));
    return 0;
  },
  printf,
  pwd: async (context) => {
    await context.out(`${context.cwd}\n`);
    return 0;
  },
  clear: async (context) => {
    await context.out('\x1b[H\x1b[2J\x1b[3J');
    return 0;
  },
  whoami: async (context) => {
    await context.out(`${context.machine.user}\n`);
    return 0;
  },
  nproc: async (context) => {
    await context.out('2\n');
    return 0;
  },
  tty: async (context) => {
    await context.out(context.stdin.isTerminal ? '/dev/pts/0\n' : 'not a tty\n');
    return context.stdin.isTerminal ? 0 : 1;
  },
  sleep,
  seq,
  yes,
  basename,
  dirname,
  which,
  id,
  uname,
  hostname,
  env,
  printenv,
  sync: async () => 0,
};
