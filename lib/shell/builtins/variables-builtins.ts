import { quoteDouble, quoteIfNeeded, quoteWord } from '../../base';
import { assign, setVariable } from '../interpreter/assign';
import { ShellError } from '../interpreter/control';
import { referredName } from '../interpreter/lookup';
import { elementKey } from '../interpreter/parameter';
import { functionText } from '../interpreter/print-command';
import { setOptions } from '../interpreter/set-options';
import type { Builtin, BuiltinCall, ExpandedAssignment, Shell } from '../interpreter/shell';
import { itemKeys, scalar, type Variable } from '../interpreter/variables';
import { misused, strangeOption } from './misused';

interface Wanted {
  readonly flags: ReadonlySet<string>;
  readonly unset: ReadonlySet<string>;
  readonly rest: readonly (string | ExpandedAssignment)[];
}

function split(call: BuiltinCall): Wanted {
  const flags = new Set<string>();
  const unset = new Set<string>();
  let first = 0;
  for (; first < call.words.length; first += 1) {
    const word = call.words[first];
    if (word === '--') {
      first += 1;
      break;
    }
    if (typeof word !== 'string' || !/^[-+][a-zA-Z]+$/.test(word)) break;
    for (const flag of word.slice(1)) {
      if (!'aAfFgilnprtuxI'.includes(flag)) throw new ShellError(`-${flag}: invalid option`, 2);
      (word.startsWith('-') ? flags : unset).add(flag);
    }
  }
  return { flags, unset, rest: call.words.slice(first) };
}

function asAssignment(word: string | ExpandedAssignment): {
  name: string;
  assignment: ExpandedAssignment | undefined;
} {
  if (typeof word !== 'string') return { name: word.name, assignment: word };
  const match = /^([A-Za-z_]\w*)(?:\[(.*)\])?(\+?)=([\s\S]*)$/.exec(word);
  if (match === null) return { name: word, assignment: undefined };
  const [, name = '', index, append, value = ''] = match;
  return { name, assignment: { name, append: append === '+', index, value } };
}

function shown(name: string, variable: Variable): string {
  const flags =
    (variable.kind === 'indexed' ? 'a' : variable.kind === 'associative' ? 'A' : '') +
    (variable.integer ? 'i' : '') +
    (variable.letters === 'lower' ? 'l' : '') +
    (variable.reference === true ? 'n' : '') +
    (variable.readonly ? 'r' : '') +
    (variable.letters === 'upper' ? 'u' : '') +
    (variable.exported ? 'x' : '');
  const head = `declare -${flags === '' ? '-' : flags} ${name}`;
  if (variable.kind === 'scalar')
    return variable.value === undefined ? head : `${head}=${quoteDouble(variable.value)}`;
  const items = itemKeys(variable).map((key) => {
    const subscript = variable.kind === 'indexed' || /^\w+$/.test(key) ? key : quoteDouble(key);
    return `[${subscript}]=${quoteDouble(variable.items.get(key) ?? '')}`;
  });
  return `${head}=(${items.join(' ')}${variable.kind === 'associative' && items.length > 0 ? ' ' : ''})`;
}

/** Keeps what a local variable hides, once per call. */
export function makeLocal(shell: Shell, name: string): void {
  const frame = shell.frames[shell.frames.length - 1];
  if (frame === undefined || frame.hidden.has(name)) return;
  const before = shell.variables.get(name);
  frame.hidden.set(name, before);
  shell.variables.set(name, { ...scalar(undefined), exported: before?.exported ?? false });
}

function declareOne(
  call: BuiltinCall,
  word: string | ExpandedAssignment,
  wanted: Wanted,
  local: boolean,
): void {
  const { shell } = call;
  const { name, assignment } = asAssignment(word);
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw new ShellError(`\`${typeof word === 'string' ? word : name}': not a valid identifier`);
  if (local) makeLocal(shell, name);
  const { flags, unset } = wanted;
  if (flags.has('n')) {
    const value = typeof assignment?.value === 'string' ? assignment.value : shell.variables.get(name)?.value;
    if (value !== undefined && !/^[A-Za-z_]\w*(?:\[.*\])?$/.test(value))
      throw new ShellError(`\`${value}': invalid variable name for name reference`);
    if (value === name) throw new ShellError(`${name}: nameref variable self references not allowed`);
    shell.variables.set(name, { ...scalar(value), reference: true });
    return;
  }
  const before = shell.variables.get(name) ?? scalar(undefined);
  const kind = flags.has('A')
    ? 'associative'
    : flags.has('a') && before.kind === 'scalar'
      ? 'indexed'
      : before.kind;
  const items =
    kind !== 'scalar' && before.kind === 'scalar' && before.value !== undefined
      ? new Map([['0', before.value]])
      : before.items;
  const changed: Variable = {
    ...before,
    kind,
    items,
    value: kind === 'scalar' ? before.value : undefined,
    integer: (before.integer || flags.has('i')) && !unset.has('i'),
    letters: flags.has('u') ? 'upper' : flags.has('l') ? 'lower' : before.letters,
    exported: (before.exported || flags.has('x')) && !unset.has('x'),
  };
  shell.variables.set(name, changed);
  if (assignment !== undefined) assign(shell, assignment);
  const now = shell.variables.get(name);
  if (flags.has('r') && now !== undefined) shell.variables.set(name, { ...now, readonly: true });
}

async function declare(call: BuiltinCall, extra: readonly string[], local: boolean): Promise<number> {
  const { shell, context } = call;
  const parsed = split(call);
  const wanted: Wanted = { ...parsed, flags: new Set([...parsed.flags, ...extra]) };
  if (parsed.flags.has('f') || parsed.flags.has('F')) return showFunctions(call, parsed);
  if (parsed.rest.length === 0 || parsed.flags.has('p')) return showVariables(call, wanted);
  let status = 0;
  for (const word of wanted.rest) {
    try {
      declareOne(call, word, wanted, local && !parsed.flags.has('g') && shell.frames.length > 0);
    } catch (error) {
      if (!(error instanceof ShellError)) throw error;
      await call.complain(error.message);
      status = 1;
    }
  }
  void context;
  return status;
}

async function showFunctions(call: BuiltinCall, wanted: Wanted): Promise<number> {
  const { shell, context } = call;
  const names =
    wanted.rest.length > 0
      ? wanted.rest.map((word) => asAssignment(word).name)
      : [...shell.functions.keys()].sort();
  let status = 0;
  for (const name of names) {
    const source = shell.functions.get(name);
    if (source === undefined) status = 1;
    else if (wanted.flags.has('F'))
      await context.out(wanted.rest.length > 0 ? `${name}\n` : `declare -f ${name}\n`);
    else await context.out(`${functionText(source)}\n`);
  }
  return status;
}

async function showVariables(call: BuiltinCall, wanted: Wanted): Promise<number> {
  const { shell, context } = call;
  const { flags } = wanted;
  let status = 0;
  if (wanted.rest.length > 0) {
    for (const word of wanted.rest) {
      const { name } = asAssignment(word);
      const variable = shell.variables.get(name);
      if (variable === undefined) {
        await call.complain(`${name}: not found`);
        status = 1;
      } else await context.out(`${shown(name, variable)}\n`);
    }
    return status;
  }
  for (const name of [...shell.variables.keys()].sort()) {
    const variable = shell.variables.get(name);
    if (variable === undefined) continue;
    if (flags.has('x') && !variable.exported) continue;
    if (flags.has('r') && !variable.readonly) continue;
    if (flags.has('a') && variable.kind !== 'indexed') continue;
    if (flags.has('A') && variable.kind !== 'associative') continue;
    await context.out(`${shown(name, variable)}\n`);
  }
  return 0;
}

const unset: Builtin = async (call) => {
  const { shell } = call;
  const functions = call.args[0] === '-f';
  let status = 0;
  for (const word of call.args[0]?.startsWith('-') === true ? call.args.slice(1) : call.args) {
    const match = /^([A-Za-z_]\w*)(?:\[(.*)\])?$/.exec(word);
    // A name that no variable can have may still be a function's; where there is none, nothing is to be done.
    if (match === null) {
      shell.functions.delete(word);
      continue;
    }
    const [, typed = '', element] = match;
    const target = call.args[0] === '-n' ? { name: typed } : referredName(shell, typed);
    const { name } = target;
    const index = element ?? target.index;
    const variable = shell.variables.get(name);
    if (variable?.readonly === true && !functions) {
      await call.complain(`${name}: cannot unset: readonly variable`);
      status = 1;
    } else if (index !== undefined && variable !== undefined) {
      const items = new Map(variable.items);
      items.delete(elementKey(shell, name, index));
      shell.variables.set(name, { ...variable, items });
    } else if (functions || variable === undefined) shell.functions.delete(name);
    else shell.variables.delete(name);
  }
  return status;
};

const set: Builtin = async (call) => {
  const { shell, context } = call;
  const letters: Readonly<Record<string, keyof Shell['options']>> = {
    e: 'errexit',
    u: 'nounset',
    x: 'xtrace',
    f: 'noglob',
    C: 'noclobber',
    a: 'allexport',
    n: 'noexec',
    E: 'errtrace',
    H: 'histexpand',
    T: 'functrace',
    m: 'monitor',
  };
  if (call.args.length === 0) {
    for (const name of [...shell.variables.keys()].sort()) {
      const variable = shell.variables.get(name);
      if (variable?.kind === 'scalar' && variable.value !== undefined) {
        await context.out(`${name}=${variable.value === '' ? '' : quoteIfNeeded(variable.value)}\n`);
      }
    }
    return 0;
  }
  const args = [...call.args];
  while (args.length > 0) {
    const word = args[0] ?? '';
    if (word === '--' || word === '-') {
      args.shift();
      shell.positional = args;
      return 0;
    }
    if (!/^[-+]./.test(word)) break;
    args.shift();
    const on = word.startsWith('-');
    for (const letter of word.slice(1)) {
      if (letter === 'o') {
        const name = args.shift();
        if (name === undefined) {
          for (const [option, value] of setOptions(shell.options, shell.interactive)) {
            await context.out(
              on
                ? `${option.padEnd(15)}\t${value ? 'on' : 'off'}\n`
                : `set ${value ? '-' : '+'}o ${option}\n`,
            );
          }
          return 0;
        }
        if (!setOptions(shell.options, shell.interactive).some(([known]) => known === name))
          throw new ShellError(`${name}: invalid option name`, 2);
        if (name in shell.options) Object.assign(shell.options, { [name]: on });
        continue;
      }
      const option = letters[letter];
      if (option !== undefined) shell.options[option] = on;
      else if (!'bhkptvBPT'.includes(letter))
        throw new ShellError(`${word.slice(0, 1)}${letter}: invalid option`, 2);
    }
  }
  if (args.length > 0) shell.positional = args;
  return 0;
};

/** Options of `shopt` that are always as here. */
const SHOPT: Readonly<Record<string, boolean | 'interactive'>> = {
  autocd: false,
  cdspell: false,
  checkwinsize: true,
  cmdhist: true,
  complete_fullquote: true,
  expand_aliases: 'interactive',
  extquote: true,
  force_fignore: true,
  globasciiranges: true,
  histappend: false,
  hostcomplete: true,
  inherit_errexit: false,
  interactive_comments: true,
  login_shell: false,
  progcomp: true,
  promptvars: true,
  sourcepath: true,
  xpg_echo: false,
};

function shoptOptions({ options, interactive }: Shell): readonly (readonly [string, boolean])[] {
  const { dotglob, extglob, failglob, globstar, lastpipe, nocaseglob, nocasematch, nullglob } = options;
  const fixed = Object.entries(SHOPT).map(
    ([name, on]) => [name, on === 'interactive' ? interactive : on] as const,
  );
  const heeded = Object.entries({
    dotglob,
    extglob,
    failglob,
    globstar,
    lastpipe,
    nocaseglob,
    nocasematch,
    nullglob,
  });
  return [...fixed, ...heeded].sort(([a], [b]) => (a < b ? -1 : 1));
}

const shopt: Builtin = async (call) => {
  const flags = new Set(
    call.args.filter((word) => /^-[suqpo]+$/.test(word)).flatMap((word) => [...word.slice(1)]),
  );
  const names = call.args.filter((word) => !word.startsWith('-'));
  const { options, interactive } = call.shell;
  const all = flags.has('o') ? setOptions(options, interactive) : shoptOptions(call.shell);
  let status = 0;
  for (const [name, on] of names.length === 0
    ? all
    : names.map((each) => all.find(([known]) => known === each) ?? ([each, undefined] as const))) {
    if (on === undefined) {
      await call.complain(`${name}: invalid shell option name`);
      status = 1;
    } else if (names.length > 0 && (flags.has('s') || flags.has('u'))) {
      if (name in options) Object.assign(options, { [name]: flags.has('s') });
    } else {
      const wanted = flags.has('s') ? on : flags.has('u') ? !on : true;
      const line = flags.has('p')
        ? flags.has('o')
          ? `set ${on ? '-' : '+'}o ${name}\n`
          : `shopt ${on ? '-s' : '-u'} ${name}\n`
        : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`;
      if (!flags.has('q') && wanted) await call.context.out(line);
      if (names.length > 0 && !on) status = 1;
    }
  }
  return status;
};

const shift: Builtin = async (call) => {
  const count = Number(call.args[0] ?? 1);
  if (!Number.isInteger(count)) throw new ShellError(`${call.args[0]}: numeric argument required`);
  if (count < 0) throw new ShellError(`${call.args[0]}: shift count out of range`);
  if (count > call.shell.positional.length) return 1;
  call.shell.positional = call.shell.positional.slice(count);
  return 0;
};

const getopts: Builtin = async (call) => {
  const { shell } = call;
  const [spec = '', name = '', ...given] = call.args;
  if (call.args.length < 2) {
    await call.context.err('getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const args = given.length > 0 ? given : shell.positional;
  let index = Number(shell.variables.get('OPTIND')?.value ?? 1);
  let inner = Number(shell.variables.get('__OPTPOS')?.value ?? 1);
  const word = args[index - 1];
  const finish = (letter: string, next: number, at: number, value?: string) => {
    setVariable(shell, name, letter);
    setVariable(shell, 'OPTIND', String(next));
    setVariable(shell, '__OPTPOS', String(at));
    if (value === undefined) shell.variables.delete('OPTARG');
    else setVariable(shell, 'OPTARG', value);
  };
  if (inner === 1 && (word === undefined || !/^-./.test(word) || word === '--')) {
    finish('?', word === '--' ? index + 1 : index, 1);
    return 1;
  }
  const letter = word?.[inner] ?? '';
  inner += 1;
  const at = spec.indexOf(letter, spec.startsWith(':') ? 1 : 0);
  const more = inner < (word?.length ?? 0);
  if (at < 0 || letter === ':') {
    if (!more) index += 1;
    finish('?', index, more ? inner : 1, spec.startsWith(':') ? letter : undefined);
    if (!spec.startsWith(':')) await call.context.err(`${shell.name}: illegal option -- ${letter}\n`);
    return 0;
  }
  if (spec[at + 1] !== ':') {
    finish(letter, more ? index : index + 1, more ? inner : 1);
    return 0;
  }
  const value = more ? word?.slice(inner) : args[index];
  if (value === undefined) {
    if (!spec.startsWith(':'))
      await call.context.err(`${shell.name}: option requires an argument -- ${letter}\n`);
    finish(spec.startsWith(':') ? ':' : '?', index + 1, 1, spec.startsWith(':') ? letter : undefined);
    return 0;
  }
  finish(letter, more ? index + 1 : index + 2, 1, value);
  return 0;
};

const alias: Builtin = async (call) => {
  const { shell, context } = call;
  const strange = strangeOption(call.args, 'p');
  if (strange !== undefined) return misused(call, '[-p] [name[=value] ... ]', strange);
  if (call.words.length === 0) {
    for (const name of [...shell.aliases.keys()].sort())
      await context.out(`alias ${name}=${quoteWord(shell.aliases.get(name) ?? '')}\n`);
  }
  let status = 0;
  for (const word of call.words) {
    const text =
      typeof word === 'string' ? word : `${word.name}=${typeof word.value === 'string' ? word.value : ''}`;
    const cut = text.indexOf('=');
    const value = shell.aliases.get(text);
    if (cut > 0 && /[\s$`'"()<>|&;/\\]/.test(text.slice(0, cut))) {
      await call.complain(`\`${text.slice(0, cut)}': invalid alias name`);
      status = 1;
    } else if (cut > 0) shell.aliases.set(text.slice(0, cut), text.slice(cut + 1));
    else if (value !== undefined) await context.out(`alias ${text}=${quoteWord(value)}\n`);
    else {
      await call.complain(`${text}: not found`);
      status = 1;
    }
  }
  return status;
};

const unalias: Builtin = async (call) => {
  if (call.args.length === 0) return misused(call, '[-a] name [name ...]');
  if (call.args[0] === '-a') call.shell.aliases.clear();
  let status = 0;
  for (const name of call.args.filter((word) => word !== '-a')) {
    if (call.shell.aliases.delete(name)) continue;
    await call.complain(`${name}: not found`);
    status = 1;
  }
  return status;
};

/** What `local` alone shows: the variables of the function that is run. */
async function showLocals({ shell, context }: BuiltinCall): Promise<number> {
  for (const name of [...(shell.frames.at(-1)?.hidden.keys() ?? [])].sort()) {
    const variable = shell.variables.get(name);
    if (variable !== undefined) await context.out(`${shown(name, variable)}\n`);
  }
  return 0;
}

/** Builtins about variables, options and arguments. */
export const variableBuiltins: Readonly<Record<string, Builtin>> = {
  declare: (call) => declare(call, [], true),
  typeset: (call) => declare(call, [], true),
  local: async (call) => {
    const frame = call.shell.frames.at(-1);
    if (frame === undefined) throw new ShellError('can only be used in a function');
    if (call.args.length === 0 || (call.args.length === 1 && call.args[0] === '-p')) return showLocals(call);
    if (!call.args.includes('-')) return declare(call, [], true);
    // The switches are put back when the function is done.
    frame.options ??= { ...call.shell.options };
    const isRest = (word: unknown): boolean => word !== '-';
    const rest = { ...call, args: call.args.filter(isRest), words: call.words.filter(isRest) };
    return rest.args.length === 0 ? 0 : declare(rest, [], true);
  },
  export: async (call) => {
    if (call.args[0] !== '-n') return declare(call, ['x'], false);
    for (const name of call.args.slice(1)) {
      const variable = call.shell.variables.get(name);
      if (variable !== undefined) call.shell.variables.set(name, { ...variable, exported: false });
    }
    return 0;
  },
  readonly: (call) => declare(call, ['r'], false),
  unset,
  set,
  shopt,
  shift,
  getopts,
  alias,
  unalias,
};
