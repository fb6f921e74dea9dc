import { CorefileError } from '../../corefile/dispenser';
import { compileGoPattern, groupCount } from '../../corefile/go-values';
import { canonicalName } from '../../names';
import { type MatchKind, matchKind, substitute } from './matching';
import { ownerRule, type ResponseRule, valueRule } from './response-rule';
import type { Rule } from './rule';

/** `rewrite name [exact|prefix|suffix|substring|regex] FROM TO [answer …]`. */
export function nameRule(mode: Rule['mode'], args: readonly string[]): Rule {
  if (args.length < 2) throw new CorefileError('too few arguments for a name rule');
  const typed = args.length === 2 ? 'exact' : (args[0] ?? '').toLowerCase();
  const [given = '', to = ''] = args.length === 2 ? args : args.slice(1);
  const { auto, rules } = args.length > 3 ? answerRules(typed, args.slice(3)) : NO_ANSWER;
  const kind = matchKind(typed);
  if (kind === undefined)
    throw new CorefileError(
      `name rule supports only exact, prefix, suffix, substring, and regex name matching, received: ${typed}`,
    );
  const change = nameChange(kind, given, to);
  const [from, target] = [canonicalName(given), canonicalName(to)];
  return {
    mode,
    told: `name ${kind} ${given} ${to}`,
    rewrite(query) {
      const name = canonicalName(query.name);
      const changed = change(name);
      if (changed === undefined) return undefined;
      // A suffix goes back by itself; all else remembers the name that was asked for. Exact rules always go back.
      const back =
        kind === 'suffix'
          ? (text: string) => (text.endsWith(target) ? text.slice(0, -target.length) + from : text)
          : (text: string) => remap(text, changed, name);
      const automatic = auto || kind === 'exact' ? [ownerRule(back), valueRule(back)] : [];
      return { query: { ...query, name: changed }, responses: [...automatic, ...rules] };
    },
  };
}

/** What a rule makes of a name; undefined when it is not for it. */
function nameChange(kind: MatchKind, given: string, to: string): (name: string) => string | undefined {
  const [from, target] = [canonicalName(given), canonicalName(to)];
  switch (kind) {
    case 'exact':
      goPattern(target, from);
      return (name) => (name === from ? target : undefined);
    case 'prefix':
      return (name) => (name.startsWith(from) ? target + name.slice(from.length) : undefined);
    case 'suffix':
      return (name) => (name.endsWith(from) ? name.slice(0, -from.length) + target : undefined);
    case 'substring':
      return (name) => (name.includes(from) ? name.replaceAll(from, target) : undefined);
    case 'regex': {
      const pattern = goPattern(given, to);
      return (name) => substitute(pattern, name, target);
    }
  }
}

function remap(text: string, from: string, to: string): string {
  if (text === from) return to;
  return text.endsWith(`.${from}`) ? text.slice(0, -from.length) + to : text;
}

const NO_ANSWER: { readonly auto: boolean; readonly rules: readonly ResponseRule[] } = {
  auto: false,
  rules: [],
};

/** `answer auto`, `answer name FROM TO`, `answer value FROM TO`, one after the other. */
function answerRules(rule: string, args: readonly string[]): typeof NO_ANSWER {
  if (args.length < 2) throw new CorefileError(`invalid arguments for ${rule} rule`);
  const rules: ResponseRule[] = [];
  let auto = false;
  let names = 0;
  let last = '';
  for (let at = 0; at < args.length; ) {
    if (last === '' && args[at] !== 'answer')
      throw new CorefileError(
        `exceeded the number of arguments for a non-answer rule argument for ${rule} rule`,
      );
    if (args[at] === 'answer') at += 1;
    if (at === args.length) throw new CorefileError(`type missing for answer rule for ${rule} rule`);
    last = args[at] ?? '';
    at += 1;
    if (last === 'auto') {
      auto = true;
      continue;
    }
    if (last !== 'name' && last !== 'value')
      throw new CorefileError(`invalid type ${JSON.stringify(last)} for answer rule for ${rule} rule`);
    if (args.length - at < 2)
      throw new CorefileError(`${last} answer rule for ${rule} rule: 2 arguments required`);
    rules.push(answerRule(last, rule, args[at] ?? '', args[at + 1] ?? ''));
    if (last === 'name') names += 1;
    at += 2;
  }
  if (auto && names > 0)
    throw new CorefileError('auto name answer rule cannot be combined with explicit name anwer rules');
  return { auto, rules };
}

function answerRule(what: 'name' | 'value', rule: string, from: string, to: string): ResponseRule {
  const pattern = goPattern(from, to, `${what} answer rule for ${rule} rule: `);
  const target = canonicalName(to);
  const rewrite = (text: string) => substitute(pattern, text, target) ?? text;
  return what === 'name' ? ownerRule(rewrite) : valueRule(rewrite);
}

const MAX_GROUPS = 101;

/** The pattern that a rule matches with; throws when the replacement uses groups that it does not have. */
function goPattern(from: string, to: string, where = ''): RegExp {
  const pattern = compileGoPattern(from);
  if (pattern === undefined) throw new CorefileError(`${where}invalid regex matching pattern: ${from}`);
  let used = 0;
  for (let index = 0; index < MAX_GROUPS; index += 1) if (to.includes(`{${index}}`)) used += 1;
  if (used > groupCount(pattern))
    throw new CorefileError(
      `${where}the rewrite regex pattern (${to}) uses more subexpressions than its corresponding matching regex pattern (${from})`,
    );
  return pattern;
}
