import { ToolError } from './tool-error';

/** A parsed command line of a tool. */
export interface Flags {
  has(name: string): boolean;
  /** The last value given. */
  value(name: string): string | undefined;
  values(name: string): readonly string[];
  /** Names in the order given. */
  readonly order: readonly string[];
  readonly rest: readonly string[];
}

/** How a tool's command line is read. */
export interface FlagRules {
  /** Options end at the first operand (env, xargs, timeout). */
  readonly stopAtFirst?: boolean | undefined;
  /** Exit status of a wrong option. */
  readonly status?: number | undefined;
  /** Text printed after the complaint, e.g. "Try 'ls --help' for more information." */
  readonly hint?: string | undefined;
  /** `-5` stands for this flag with value 5 (head, tail, grep). */
  readonly number?: string | undefined;
}

/**
 * Parses options as getopt_long does. `spec` names them, separated by spaces, synonyms by "|": "s|silent m:|max-time".
 * A colon after the first name means that a value follows, "::" that one may follow after "=".
 */
export function parseFlags(args: readonly string[], spec: string, rules: FlagRules = {}): Flags {
  const known = new Map<string, { readonly name: string; readonly takes: 'no' | 'yes' | 'maybe' }>();
  for (const entry of spec.split(' ')) {
    const [first = '', ...others] = entry.split('|');
    const name = first.replace(/:+$/, '');
    const takes = first.endsWith('::') ? 'maybe' : first.endsWith(':') ? 'yes' : 'no';
    for (const key of [name, ...others]) known.set(key, { name, takes });
  }
  const given = new Map<string, string[]>();
  const order: string[] = [];
  const rest: string[] = [];
  const add = (name: string, value: string) => {
    given.set(name, [...(given.get(name) ?? []), value]);
    order.push(name);
  };
  const fail = (message: string): never => {
    throw new ToolError(rules.hint === undefined ? message : `${message}\n${rules.hint}`, rules.status ?? 1);
  };
  const long = (key: string) => {
    const exact = known.get(key);
    if (exact !== undefined && key.length > 1) return exact;
    const near = [...known.keys()].filter((name) => name.length > 1 && name.startsWith(key));
    return near.length === 1 ? known.get(near[0] ?? '') : undefined;
  };
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    if (word === '--') {
      rest.push(...args.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) {
      const cut = word.indexOf('=');
      const found = long(cut < 0 ? word.slice(2) : word.slice(2, cut));
      if (found === undefined) return fail(`unrecognized option '${word}'`);
      if (found.takes === 'no') add(found.name, '');
      else if (cut >= 0) add(found.name, word.slice(cut + 1));
      else if (found.takes === 'maybe') add(found.name, '');
      else {
        at += 1;
        if (at >= args.length) return fail(`option '${word}' requires an argument`);
        add(found.name, args[at] ?? '');
      }
      continue;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      if (!rules.stopAtFirst) continue;
      rest.push(...args.slice(at + 1));
      break;
    }
    if (rules.number !== undefined && /^-\d+$/.test(word)) {
      add(rules.number, word.slice(1));
      continue;
    }
    for (let letter = 1; letter < word.length; letter += 1) {
      const found = known.get(word[letter] ?? '');
      if (found === undefined) return fail(`invalid option -- '${word[letter]}'`);
      if (found.takes !== 'yes') {
        add(found.name, '');
        continue;
      }
      if (letter + 1 < word.length) add(found.name, word.slice(letter + 1));
      else {
        at += 1;
        if (at >= args.length) return fail(`option requires an argument -- '${word[letter]}'`);
        add(found.name, args[at] ?? '');
      }
      break;
    }
  }
  return {
    has: (name) => given.has(name),
    value: (name) => given.get(name)?.at(-1),
    values: (name) => given.get(name) ?? [],
    order,
    rest,
  };
}
