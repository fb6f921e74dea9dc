import { type DnsEdns, dnsTypeNumber } from '../../../api';
import { isInRange, parseRange } from '../addresses';
import type { Dispenser } from '../corefile/dispenser';
import { originsOf } from '../corefile/zones';
import { zoneOf } from '../names';
import { type DnsResult, dnsHop, emptyAnswer } from '../plugin';
import type { Directive } from '../setup';

interface Policy {
  readonly action: string;
  /** All when empty. */
  readonly types: readonly string[];
  readonly ranges: readonly string[];
}

interface Rule {
  readonly zones: readonly string[];
  readonly policies: readonly Policy[];
}

const ACTIONS = ['allow', 'block', 'filter', 'drop'];
/** EDNS' extended errors "Blocked" and "Filtered" (RFC 8914). */
const EXTENDED_ERROR = 15;
const BLOCKED = '000f';
const FILTERED = '0011';
const EDNS_BYTES = 4096;

/** The `acl` plugin: who may ask for what. */
export const acl: Directive = {
  name: 'acl',
  setUp({ words, blockKeys, place }) {
    const rules = readRules(words, blockKeys);
    return {
      name: 'acl',
      answer(query, { client }, next) {
        for (const { zones, policies } of rules) {
          if (zoneOf(query.name, zones) === undefined) continue;
          const policy = policies.find(
            ({ types, ranges }) =>
              (types.length === 0 || types.includes(query.type)) &&
              (ranges.length === 0 || ranges.some((range) => isInRange(client.ip, range))),
          );
          if (policy?.action === 'allow') break;
          if (policy === undefined) continue;
          const hop = dnsHop(`acl ${policy.action} (${place})`, `stops the question of ${client.ip}`);
          return { outcome: resultOf(policy.action), trace: [hop] };
        }
        return next(query);
      },
    };
  },
};

function resultOf(action: string): DnsResult {
  if (action === 'drop') return { ...emptyAnswer('NOERROR'), silent: true };
  const data = action === 'block' ? BLOCKED : FILTERED;
  const edns: DnsEdns = { size: EDNS_BYTES, dnssecOk: true, options: [{ code: EXTENDED_ERROR, data }] };
  return { ...emptyAnswer(action === 'block' ? 'REFUSED' : 'NOERROR'), edns };
}

function readRules(words: Dispenser, blockKeys: readonly string[]): readonly Rule[] {
  const rules: Rule[] = [];
  while (words.next()) {
    const zones = originsOf(words.remainingArgs(), blockKeys);
    const policies: Policy[] = [];
    while (words.nextBlock()) policies.push(readPolicy(words));
    rules.push({ zones, policies });
  }
  return rules;
}

const isSection = (token: string): boolean => /^(type|net)$/i.test(token);

function readPolicy(words: Dispenser): Policy {
  const typed = words.val();
  const action = typed.toLowerCase();
  if (!ACTIONS.includes(action))
    throw words.error(
      `unexpected token ${JSON.stringify(typed)}; expect 'allow', 'block', 'filter' or 'drop'`,
    );
  const sections: Record<string, string[]> = { type: [], net: [] };
  const left = [...words.remainingArgs()];
  while (left.length > 0) {
    const name = left.shift() ?? '';
    if (!isSection(name)) throw words.error(`unexpected token ${JSON.stringify(name)}; expect 'type | net'`);
    const found: string[] = [];
    while (left[0] !== undefined && !isSection(left[0])) found.push(left.shift() ?? '');
    if (found.length === 0) throw words.error(`no token specified in ${JSON.stringify(name)} section`);
    if (!found.includes('*')) sections[name.toLowerCase()] = found;
  }
  const { type: types = [], net = [] } = sections;
  for (const type of types)
    if (dnsTypeNumber(type) === undefined)
      throw words.error(`unexpected token ${JSON.stringify(type)}; expect legal QTYPE`);
  const ranges = net.map((each) => (each.includes('/') ? each : `${each}/${each.includes(':') ? 128 : 32}`));
  for (const range of ranges)
    if (parseRange(range) === undefined) throw words.error(`illegal CIDR notation ${JSON.stringify(range)}`);
  return { action, types, ranges };
}
