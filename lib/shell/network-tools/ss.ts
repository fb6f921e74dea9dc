import type { WaitingSocket } from '../../api';
import { parseFlags, type Tool, type ToolContext } from '../process';
import { SS_USAGE } from './ss-usage';

/** What a socket that waits may queue: the kernel's net.core.somaxconn. */
const BACKLOG = 4096;

/** ss, for asking who waits on which port: `ss -lntup`. What is under way is over before anybody looks. */
export const ss: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'l|listening n|numeric t|tcp u|udp p|processes a|all 4|ipv4 6|ipv6 H|no-header e|extended o|options m|memory i|info s|summary x|unix r|resolve h|help V|version w|raw S|sctp d|dccp 0|packet O|oneline T|threads',
  );
  if (flags.has('h')) {
    await context.out(SS_USAGE);
    return 0;
  }
  if (flags.has('V')) {
    await context.out('ss utility, iproute2-6.1.0\n');
    return 0;
  }
  const all = context.world.network.host(context.machine.vantage)?.sockets() ?? [];
  if (flags.has('s')) {
    await summarize(context, all);
    return 0;
  }
  const families = [...'tuxwSd0'].filter((family) => flags.has(family));
  const isWanted = (socket: WaitingSocket): boolean =>
    (flags.has('l') || flags.has('a')) &&
    (families.length === 0 || families.includes(socket.protocol === 'TCP' ? 't' : 'u')) &&
    !flags.has(isIpv6(socket) ? '4' : '6');
  // One protocol after the other, as the kernel tells of them: UDP, TCP; and of each IPv4 before IPv6.
  const rank = (socket: WaitingSocket) => (socket.protocol === 'UDP' ? 0 : 2) + (isIpv6(socket) ? 1 : 0);
  const order = all.filter(isWanted).toSorted((left, right) => rank(left) - rank(right));
  const shown = {
    withProtocol: families.length !== 1 || families[0] === 'x',
    names: !flags.has('n'),
    withProcess: flags.has('p'),
    withHeader: !flags.has('H'),
  };
  for (const line of table(order, shown)) await context.out(`${line}\n`);
  return 0;
};

const isIpv6 = ({ address }: WaitingSocket): boolean => address.includes(':');

/** An address as ss shows it: one that is for both families is a star. */
const addressOf = (address: string): string =>
  address === '::' ? '*' : address.includes(':') ? `[${address}]` : address;
const peerOf = (address: string): string =>
  address === '::' ? '*' : address.includes(':') ? '[::]' : '0.0.0.0';

/** `ss -s`: how many sockets of which kind there are. */
async function summarize(context: ToolContext, sockets: readonly WaitingSocket[]): Promise<void> {
  const of = (...protocols: readonly string[]) =>
    sockets.filter((socket) => protocols.includes(socket.protocol));
  const [tcp, udp] = [of('TCP').length, of('UDP').length];
  const line = (name: string, some: readonly WaitingSocket[]) => {
    const six = some.filter(isIpv6).length;
    const numbers = [some.length, some.length - six, six].map((each) => String(each).padEnd(9));
    return `${name}\t  ${numbers.join(' ')}\n`;
  };
  const lines = [
    line('RAW', []),
    line('UDP', of('UDP')),
    line('TCP', of('TCP')),
    line('INET', of('TCP', 'UDP')),
    line('FRAG', []),
  ];
  await context.out(
    `Total: ${tcp + udp}\nTCP:   ${tcp} (estab 0, closed 0, orphaned 0, timewait 0)\n\n` +
      `Transport Total     IP        IPv6\n${lines.join('')}\n`,
  );
}

interface Shown {
  readonly withProtocol: boolean;
  readonly withProcess: boolean;
  readonly withHeader: boolean;
  /** Ports are called by their services. */
  readonly names: boolean;
}

/** Columns as wide as what stands in them; addresses to the right of theirs, up to the colon. */
function table(
  sockets: readonly WaitingSocket[],
  { withProtocol, withProcess, withHeader, names }: Shown,
): readonly string[] {
  const rows = sockets.map((socket) => {
    const udp = socket.protocol === 'UDP';
    return [
      socket.protocol.toLowerCase(),
      udp ? 'UNCONN' : 'LISTEN',
      '0'.padEnd(6),
      (udp ? '0' : String(BACKLOG)).padEnd(6),
      addressOf(socket.address),
      (names ? SERVICES[socket.port] : undefined) ?? String(socket.port),
      peerOf(socket.address),
      '*',
      withProcess ? usersOf(socket) : '',
    ];
  });
  const lines = withHeader ? [HEADS, ...rows] : rows;
  const widths = HEADS.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) => {
    const cell = (at: number) => (line[at] ?? '').padEnd(widths[at] ?? 0);
    const address = (at: number) => `${(line[at] ?? '').padStart(widths[at] ?? 0)}:${cell(at + 1)}`;
    const first = withProtocol ? [cell(0)] : [];
    return [...first, cell(1), cell(2), cell(3), address(4), address(6)].join(' ') + cell(8);
  });
}

/** What Debian's /etc/services calls ports that are met here. */
const SERVICES: Readonly<Record<number, string>> = {
  22: 'ssh',
  53: 'domain',
  80: 'http',
  443: 'https',
  3306: 'mysql',
  5432: 'postgresql',
  6379: 'redis',
  8080: 'http-alt',
};

const HEADS = [
  'Netid',
  'State',
  'Recv-Q',
  'Send-Q',
  'Local Address',
  'Port',
  'Peer Address',
  'Port',
  'Process',
];

function usersOf({ process, pid }: WaitingSocket): string {
  return ` users:(("${process}",pid=${pid},fd=3))`;
}
