import { timeParts } from '../http';
import { executableName } from '../program';
import type { Ran, ScriptEnv } from './script-env';
import { fetchUrl } from './script-fetch';

type Command = (args: readonly string[], env: ScriptEnv) => Ran;

const NOTHING: Ran = { status: 0, output: '', errors: '' };
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function prints(output: string, status = 0): Ran {
  return { status, output, errors: '' };
}

function fails(status: number, errors: string): Ran {
  return { status, output: '', errors };
}

function echo(args: readonly string[]): Ran {
  const flags = args.findIndex((word) => !/^-[neE]+$/.test(word));
  const given = args.slice(0, flags < 0 ? args.length : flags).join('');
  const text = args.slice(flags < 0 ? args.length : flags).join(' ');
  const shown = given.includes('e') ? unescapeText(text) : text;
  return prints(given.includes('n') ? shown : `${shown}\n`);
}

function unescapeText(text: string): string {
  return text.replace(/\\([nt\\])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? letter);
}

function printf(args: readonly string[]): Ran {
  let next = 1;
  const filled = unescapeText(args[0] ?? '').replace(/%[sd]/g, () => {
    next += 1;
    return args[next - 1] ?? '';
  });
  return prints(filled);
}

function sleep(args: readonly string[]): Ran {
  let total = 0;
  for (const word of args) {
    const parts = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(word);
    if (word === 'infinity' || word === 'inf') total = Infinity;
    else if (parts === null) return fails(1, `sleep: invalid number '${word}'\n`);
    else total += Number(parts[1]) * (UNIT_MS[parts[2] === '' ? 's' : (parts[2] ?? 's')] ?? 0);
  }
  return args.length === 0 ? fails(1, 'sleep: missing operand\n') : { ...NOTHING, waitMs: total };
}

function tail(args: readonly string[], env: ScriptEnv): Ran {
  const follows = args.some((word) => /^-[0-9n]*[fF]$/.test(word));
  const path = args.findLast((word) => !word.startsWith('-')) ?? '';
  const text = path === '/dev/null' ? '' : (env.readFile(path) ?? '');
  return follows ? { ...prints(text), waitMs: Infinity } : prints(text);
}

function cat(args: readonly string[], env: ScriptEnv): Ran {
  let output = '';
  for (const path of args) {
    const text = env.readFile(path);
    if (text === undefined)
      return { status: 1, output, errors: `cat: can't open '${path}': No such file or directory\n` };
    output += text;
  }
  return prints(output);
}

function date(_: readonly string[], env: ScriptEnv): Ran {
  const { weekday, monthName, date: parts, clock } = timeParts(env.now);
  return prints(`${weekday} ${monthName} ${parts[2].padStart(2)} ${clock} UTC ${parts[0]}\n`);
}

function testFile(args: readonly string[], env: ScriptEnv): Ran {
  const words = args.filter((word) => word !== ']');
  const [first = '', second = '', third = ''] = words;
  const compare = (left: string, operator: string, right: string) =>
    ({
      '=': left === right,
      '==': left === right,
      '!=': left !== right,
      '-eq': Number(left) === Number(right),
      '-ne': Number(left) !== Number(right),
      '-lt': Number(left) < Number(right),
      '-le': Number(left) <= Number(right),
      '-gt': Number(left) > Number(right),
      '-ge': Number(left) >= Number(right),
    })[operator] ?? false;
  let holds = first !== '';
  if (words.length === 3) holds = compare(first, second, third);
  else if (first === '-z') holds = second === '';
  else if (first === '-n') holds = second !== '';
  else if (first === '-f' || first === '-e' || first === '-s') holds = env.readFile(second) !== undefined;
  return { ...NOTHING, status: holds ? 0 : 1 };
}

const COMMANDS: Readonly<Record<string, Command>> = {
  ':': () => NOTHING,
  true: () => NOTHING,
  false: () => ({ ...NOTHING, status: 1 }),
  exit: (args) => ({ ...NOTHING, status: Number(args[0] ?? 0) & 255, exit: true }),
  echo,
  printf,
  sleep,
  tail,
  cat,
  date,
  test: testFile,
  '[': testFile,
  hostname: (args, env) => prints(`${args.includes('-i') ? env.podIP : env.hostname}\n`),
  env: (_, env) =>
    prints(
      Object.entries(env.env)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    ),
  id: () => prints('uid=0(root) gid=0(root) groups=0(root)\n'),
  whoami: () => prints('root\n'),
  pwd: () => prints('/\n'),
  uname: () => prints('Linux\n'),
  wait: () => ({ ...NOTHING, waitMs: Infinity }),
  set: () => NOTHING,
  cd: () => NOTHING,
  trap: () => NOTHING,
  mkdir: () => NOTHING,
  touch: () => NOTHING,
  chmod: () => NOTHING,
  export: (args) => ({ ...NOTHING, assigns: assignments(args) }),
  curl: (args, env) => fetchUrl('curl', args, env),
  wget: (args, env) => fetchUrl('wget', args, env),
};

function assignments(words: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const word of words) {
    const cut = word.indexOf('=');
    if (cut > 0) found[word.slice(0, cut)] = word.slice(cut + 1);
  }
  return found;
}

/** Runs one command of a script. */
export function runCommand(argv: readonly string[], env: ScriptEnv): Ran {
  const count = argv.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  if (argv.length > 0 && count < 0) return { ...NOTHING, assigns: assignments(argv) };
  const words = argv.slice(Math.max(0, count));
  const name = words[0] ?? '';
  const command = COMMANDS[executableName(words)];
  if (name === '') return NOTHING;
  if (command === undefined) return fails(127, `sh: ${name}: not found\n`);
  return command(words.slice(1), env);
}
