import { type DnsQuery, type DnsRecord, dnsClassNumber, dnsCode, dnsTypeNumber } from '../../../../api';
import { CorefileError } from '../../corefile/dispenser';
import { compileGoPattern } from '../../corefile/go-values';
import { canonicalName } from '../../names';
import type { DnsResult, DnsWorld } from '../../plugin';
import { type MatchKind, matchKind, nameTest, substitute } from './matching';
import { codeRule, type ResponseRule, ttlRule } from './response-rule';

/** One rule of the rewrite plugin. */
export interface Rule {
  readonly mode: 'stop' | 'continue';
  /** The rule as the Corefile has it, for traces. */
  readonly told: string;
  /** The changed question and what is to be done to the response; undefined when the rule is not for it. */
  rewrite(
    query: DnsQuery,
    world: DnsWorld,
  ): { readonly query: DnsQuery; readonly responses: readonly ResponseRule[] } | undefined;
}

const MAX_TTL = 2_147_483_647;

/** `rewrite type FROM TO` and `rewrite class FROM TO`. */
export function fieldRule(mode: Rule['mode'], field: 'type' | 'class', args: readonly string[]): Rule {
  const [from = '', to = ''] = args.map((each) => each.toUpperCase());
  const known = field === 'type' ? dnsTypeNumber : dnsClassNumber;
  for (const each of [from, to])
    if (known(each) === undefined) throw new CorefileError(`invalid ${field} ${JSON.stringify(each)}`);
  return {
    mode,
    told: `${field} ${args.join(' ')}`,
    rewrite(query) {
      const own = field === 'type' ? query.type : (query.class ?? 'IN');
      return own === from ? { query: { ...query, [field]: to }, responses: [] } : undefined;
    },
  };
}

/** The names that `[exact|…] NAME` stands for. */
function scopeOf(rule: string, args: readonly string[], rest: number) {
  const kind = args.length === rest + 1 ? 'exact' : matchKind(args[0] ?? '');
  if (kind === undefined)
    throw new CorefileError(
      `${rule} rule supports only exact, prefix, suffix, substring, and regex name matching`,
    );
  return nameTest(kind, args[args.length - rest - 1] ?? '', rule);
}

/** `rewrite ttl [exact|…] NAME SECONDS|MIN-MAX`. */
export function timeRule(mode: Rule['mode'], args: readonly string[]): Rule {
  if (args.length < 2) throw new CorefileError(`too few (${args.length}) arguments for a ttl rule`);
  const text = args.length > 3 ? '' : (args.at(-1) ?? '');
  const bounds = /^(\d*)(?:(-)(\d*))?$/.exec(text);
  const [, low = '', dash, high = ''] = bounds ?? [];
  const min = Number(low === '' ? 0 : low);
  const max = dash === undefined ? min : high === '' ? MAX_TTL : Number(high);
  if (bounds === null || low + high === '' || min > max)
    throw new CorefileError(`invalid TTL '${text}' for a ttl rule`);
  const test = scopeOf('ttl', args, 1);
  const responses = [ttlRule(min, max)];
  return {
    mode,
    told: `ttl ${args.join(' ')}`,
    rewrite: (query) => (test(canonicalName(query.name)) ? { query, responses } : undefined),
  };
}

const CODES =
  'NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE'.split(' ');

/** `rewrite rcode [exact|…] NAME FROM TO`. */
export function rcodeRule(mode: Rule['mode'], args: readonly string[]): Rule {
  if (args.length < 3) throw new CorefileError(`too few (${args.length}) arguments for a rcode rule`);
  if (args.length > 4) throw new CorefileError('many few arguments for a rcode rule');
  const [oldText = '', newText = ''] = args.slice(-2);
  const codeOf = (text: string) => dnsCode(/^\d+$/.test(text) ? (CODES[Number(text)] ?? '') : text);
  const [from, to] = [codeOf(oldText), codeOf(newText)];
  if (from === undefined) throw new CorefileError(`invalid matching RCODE '${oldText}' for a rcode rule`);
  if (to === undefined) throw new CorefileError(`invalid replacement RCODE '${newText}' for a rcode rule`);
  const test = scopeOf('rcode', args, 2);
  const responses = [codeRule(from, to)];
  return {
    mode,
    told: `rcode ${args.join(' ')}`,
    rewrite: (query) => (test(canonicalName(query.name)) ? { query, responses } : undefined),
  };
}

/** `rewrite cname [exact|…] FROM TO`: an alias that leads to FROM is made to lead to TO, which is looked up anew. */
export function cnameRule(mode: Rule['mode'], args: readonly string[]): Rule {
  if (args.length !== 2 && args.length !== 3)
    throw new CorefileError(`too few (${args.length}) arguments for a cname rule`);
  const typed = args.length === 2 ? 'exact' : (args[0] ?? '').toLowerCase();
  const kind = matchKind(typed);
  if (kind === undefined) throw new CorefileError(`unknown cname rewrite type: ${typed}`);
  const [from = '', to = ''] = args.slice(-2).map((each) => each.toLowerCase());
  return {
    mode,
    told: `cname ${args.join(' ')}`,
    rewrite: (query, world) => ({
      query,
      responses: [
        { whole: (result) => withTarget(result, query, world, (target) => aliasOf(kind, from, to, target)) },
      ],
    }),
  };
}

function aliasOf(kind: MatchKind, from: string, to: string, target: string): string | undefined {
  switch (kind) {
    case 'exact':
      return target === from ? to : undefined;
    case 'prefix':
      return target.startsWith(from) ? to + target.slice(from.length) : undefined;
    case 'suffix':
      return target.endsWith(from) ? target.slice(0, -from.length) + to : undefined;
    case 'substring':
      return target.includes(from) ? target.replaceAll(from, to) : undefined;
    case 'regex': {
      const pattern = compileGoPattern(from);
      return pattern && substitute(pattern, target, to);
    }
  }
}

function withTarget(
  result: DnsResult,
  query: DnsQuery,
  world: DnsWorld,
  change: (target: string) => string | undefined,
): DnsResult {
  const isAlias = ({ type }: DnsRecord) => type === 'CNAME';
  const target = result.answers
    .filter(isAlias)
    .map(({ data }) => change(data))
    .find((each) => each !== undefined);
  if (target === undefined) return result;
  const { outcome } = world.lookup({ ...query, name: target });
  const aliases = result.answers.filter(isAlias).map((record) => ({ ...record, data: target }));
  const found = outcome.answers.filter(({ name }) => name === target);
  return { ...result, answers: [...aliases, ...found], truncated: outcome.truncated };
}
