import type { DnsRecord } from '../../../api';
import type { Random } from '../../../base';
import { isInRange, parseRange } from '../addresses';
import { CorefileError, type Dispenser } from '../corefile/dispenser';
import { type DnsResult, dnsHop } from '../plugin';
import type { Directive } from '../setup';

/** The `loadbalance` plugin: addresses come in a new order each time, so that clients which take the first spread out. */
export const loadbalance: Directive = {
  name: 'loadbalance',
  setUp({ words, place }) {
    const preferred = readPreferred(words);
    return {
      name: 'loadbalance',
      answer(query, world, next) {
        const { outcome, trace } = next(query);
        if (outcome.unwritten || outcome.code !== 'NOERROR') return { outcome, trace };
        const order = (records: readonly DnsRecord[]) =>
          preferSubnets(inNewOrder(records, world.random), preferred);
        const mixed: DnsResult = {
          ...outcome,
          answers: order(outcome.answers),
          authority: order(outcome.authority),
          additional: order(outcome.additional),
        };
        const addresses = mixed.answers.filter(isAddressRecord).map(({ data }) => data);
        if (addresses.length < 2) return { outcome: mixed, trace };
        const hop = dnsHop(`loadbalance (${place})`, `puts ${addresses[0]} first this time`);
        return { outcome: mixed, trace: [...trace, hop] };
      },
    };
  },
};

const isAddressRecord = ({ type }: DnsRecord): boolean => type === 'A' || type === 'AAAA';

/** Aliases first, then the rest, addresses and mail exchangers shuffled. */
function inNewOrder(records: readonly DnsRecord[], random: Random): readonly DnsRecord[] {
  const of = (...types: readonly string[]) => records.filter(({ type }) => types.includes(type));
  const rest = records.filter(({ type }) => !['CNAME', 'A', 'AAAA', 'MX'].includes(type));
  return [...of('CNAME'), ...rest, ...shuffled(of('A', 'AAAA'), random), ...shuffled(of('MX'), random)];
}

function shuffled(records: readonly DnsRecord[], random: Random): readonly DnsRecord[] {
  const order = [...records];
  const swap = (left: number, right: number) => {
    const [a, b] = [order[left], order[right]];
    if (a !== undefined && b !== undefined) [order[left], order[right]] = [b, a];
  };
  if (order.length === 2) {
    if (random.next() < 0.5) swap(0, 1);
  } else if (order.length > 2) {
    for (let index = 0; index < order.length; index += 1)
      swap(index, index + Math.floor(random.next() * (order.length - index)));
  }
  return order;
}

/** Addresses in the first of the subnets come first, then those of the second. */
function preferSubnets(records: readonly DnsRecord[], subnets: readonly string[]): readonly DnsRecord[] {
  if (subnets.length === 0) return records;
  const rank = (record: DnsRecord) => {
    const at = isAddressRecord(record) ? subnets.findIndex((subnet) => isInRange(record.data, subnet)) : 0;
    return at < 0 ? subnets.length : at;
  };
  const aliases = records.filter((record) => !isAddressRecord(record));
  return [...aliases, ...records.filter(isAddressRecord).sort((left, right) => rank(left) - rank(right))];
}

function readPreferred(words: Dispenser): readonly string[] {
  const subnets: string[] = [];
  while (words.next()) {
    const [policy, ...more] = words.remainingArgs();
    if (policy === 'round_robin' && more.length > 0) throw words.error(`unknown property for ${policy}`);
    if (policy === 'weighted') throw new CorefileError('the policy weighted is not simulated');
    if (policy !== undefined && policy !== 'round_robin')
      throw new CorefileError(`unknown policy: ${policy}`);
    while (words.nextBlock()) {
      if (words.val() !== 'prefer') throw words.error(`unknown property '${words.val()}'`);
      for (const subnet of words.remainingArgs()) {
        const quoted = JSON.stringify(subnet);
        if (parseRange(subnet) === undefined)
          throw words.error(`invalid CIDR ${quoted}: invalid CIDR address: ${subnet}`);
        subnets.push(subnet);
      }
    }
  }
  return subnets;
}
