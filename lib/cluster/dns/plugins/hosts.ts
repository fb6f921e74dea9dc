import type { DnsRecord } from '../../../api';
import { addressOfReverse, canonicalAddress, isAddress, isIPv4 } from '../addresses';
import { CorefileError } from '../corefile/dispenser';
import { readDuration } from '../corefile/go-values';
import { fallthroughZones, originsOf } from '../corefile/zones';
import { canonicalName, fullName, zoneOf } from '../names';
import { after, answerWith, type DnsResult, dnsHop, toldOf, unwritten } from '../plugin';
import { type Directive, ONLY_ONCE, type SetUp } from '../setup';

interface HostsConfig {
  path: string;
  origins: readonly string[];
  fallthrough: readonly string[];
  reverse: boolean;
  ttl: number;
  /** Lines in the Corefile itself. */
  inline: string[];
}

const DEFAULT_TTL = 3600;
const MAX_TTL = 65_535;

/** The `hosts` plugin: names from a hosts file (by default /etc/hosts) and from lines in the Corefile. */
export const hosts: Directive = {
  name: 'hosts',
  setUp(given) {
    const config = readHostsConfig(given);
    const inline = parseHosts(config.inline.join('\n'), config);
    const rule = `hosts (${given.place})`;
    return {
      name: 'hosts',
      answer(query, world, next) {
        const name = canonicalName(query.name);
        const outside = zoneOf(name, config.origins) === undefined;
        if (outside && query.type !== 'PTR') return next(query);
        // The file is read anew every five seconds, which nobody here can tell from at once.
        const table = [...parseHosts(world.readFile(config.path) ?? '', config), ...inline];
        const answers = recordsFor(query.type, name, table, config);
        if (query.type === 'PTR' && answers.length === 0) return next(query);
        if (answers.length === 0 && !table.some((entry) => entry.name === name)) {
          if (zoneOf(name, config.fallthrough) !== undefined) return next(query);
          const hop = dnsHop(rule, `has no ${name}, and does not let it fall through: SERVFAIL`);
          return { outcome: unwritten('SERVFAIL'), trace: [hop] };
        }
        const outcome: DnsResult = answerWith(answers);
        return after([dnsHop(rule, toldOf(outcome))], { outcome, trace: [] });
      },
    };
  },
};

interface Entry {
  readonly ip: string;
  readonly name: string;
}

function recordsFor(
  type: string,
  name: string,
  table: readonly Entry[],
  { ttl, reverse }: HostsConfig,
): readonly DnsRecord[] {
  const record = (data: string): DnsRecord => ({ name, type, ttl, data });
  if (type === 'PTR') {
    const ip = addressOfReverse(name);
    const names = reverse && ip !== undefined ? table.filter((entry) => entry.ip === ip) : [];
    return names.map((entry) => record(fullName(entry.name)));
  }
  if (type !== 'A' && type !== 'AAAA') return [];
  return table
    .filter((entry) => entry.name === name && isIPv4(entry.ip) === (type === 'A'))
    .map(({ ip }) => record(ip));
}

function parseHosts(text: string, { origins }: HostsConfig): readonly Entry[] {
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const ip = canonicalAddress(address.replace(/%.*/, ''));
    if (!isAddress(ip)) return [];
    return names
      .map((name) => canonicalName(name))
      .filter((name) => zoneOf(name, origins) !== undefined)
      .map((name) => ({ ip, name }));
  });
}

function readHostsConfig({ words, block, blockKeys, readFile, warn }: SetUp): HostsConfig {
  const config: HostsConfig = {
    path: '/etc/hosts',
    origins: [],
    fallthrough: [],
    reverse: true,
    ttl: DEFAULT_TTL,
    inline: [],
  };
  let seen = 0;
  while (words.next()) {
    if (seen > 0) throw new CorefileError(ONLY_ONCE);
    seen += 1;
    const [path, ...zones] = words.remainingArgs();
    if (path !== undefined) {
      config.path = path.startsWith('/') || block.root === '' ? path : `${block.root}/${path}`;
      if (readFile(config.path) === undefined)
        warn(`[WARNING] plugin/hosts: File does not exist: ${config.path}`);
    }
    config.origins = originsOf(zones, blockKeys);
    while (words.nextBlock()) readOption(words, config);
  }
  return config;
}

function readOption(words: SetUp['words'], config: HostsConfig): void {
  const name = words.val();
  const args = words.remainingArgs();
  const [first = ''] = args;
  switch (name) {
    case 'fallthrough':
      config.fallthrough = fallthroughZones(args);
      break;
    case 'no_reverse':
      config.reverse = false;
      break;
    case 'ttl':
      if (args.length === 0) throw words.error('ttl needs a time in second');
      if (!/^[-+]?\d+$/.test(first)) throw words.error('ttl needs a number of second');
      if (Number(first) <= 0 || Number(first) > MAX_TTL) throw words.error('ttl provided is invalid');
      config.ttl = Number(first);
      break;
    case 'reload': {
      if (args.length !== 1) throw words.error('reload needs a duration (zero seconds to disable)');
      const ms = durationOr(first, () => words.error(`invalid duration for reload '${first}'`));
      if (ms < 0) throw words.error(`invalid negative duration for reload '${first}'`);
      break;
    }
    default:
      if (config.fallthrough.length > 0) throw words.error(`unknown property '${name}'`);
      config.inline.push([name, ...args].join(' '));
  }
}

/** A duration, or an error of the caller's own for what is none. */
function durationOr(text: string, otherwise: () => CorefileError): number {
  try {
    return readDuration(text);
  } catch (error) {
    throw error instanceof CorefileError ? otherwise() : error;
  }
}
