import type { WaitingSocket } from '../../api';
import { parseFlags, type Tool } from '../process';

const HEADS = ['Netid', 'State', 'Recv-Q', 'Send-Q'];
const WIDTHS = [5, 6, 6, 6];
/** What a socket that waits may queue: the kernel's net.core.somaxconn. */
const BACKLOG = 4096;

/** ss, for asking who waits on which port: `ss -lntup`. What is under way is over before anybody looks. */
export const ss: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'l|listening n|numeric t|tcp u|udp p|processes a|all 4|ipv4 6|ipv6 H|no-header e|extended o|options m|memory i|info s|summary x|unix r|resolve',
  );
  const host = context.world.network.host(context.machine.vantage);
  const both = flags.has('t') === flags.has('u');
  const wanted = (socket: WaitingSocket): boolean =>
    (flags.has('l') || flags.has('a')) &&
    (both || (socket.protocol === 'TCP' ? flags.has('t') : flags.has('u'))) &&
    !flags.has(isIpv6(socket) ? '4' : '6');
  // One protocol after the other, as the kernel tells of them: UDP, TCP; and of each IPv4 before IPv6.
  const rank = (socket: WaitingSocket) => (socket.protocol === 'UDP' ? 0 : 2) + (isIpv6(socket) ? 1 : 0);
  const order = (host?.sockets() ?? []).filter(wanted).toSorted((left, right) => rank(left) - rank(right));
  for (const line of table(order, both, flags.has('p'), flags.has('H'))) await context.out(`${line}\n`);
  return 0;
};

const isIpv6 = ({ address }: WaitingSocket): boolean => address.includes(':');

/** An address as ss shows it: one that is for both families is a star. */
const shown = (address: string): string =>
  address === '::' ? '*' : address.includes(':') ? `[${address}]` : address;
const peerOf = (address: string): string =>
  address === '::' ? '*' : address.includes(':') ? '[::]' : '0.0.0.0';

function table(
  sockets: readonly WaitingSocket[],
  withProtocol: boolean,
  withProcess: boolean,
  noHeader: boolean,
): readonly string[] {
  const rows = sockets.map((socket) => {
    const udp = socket.protocol === 'UDP';
    const head = [socket.protocol.toLowerCase(), udp ? 'UNCONN' : 'LISTEN', '0', udp ? '0' : String(BACKLOG)];
    const { address, port } = socket;
    return {
      head,
      address: shown(address),
      port: String(port),
      peer: peerOf(address),
      users: usersOf(socket),
    };
  });
  const addressWidth = Math.max('Local Address'.length, ...rows.map(({ address }) => address.length));
  const portWidth = Math.max('Port'.length, ...rows.map(({ port }) => port.length));
  const heads = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(WIDTHS[index] ?? 0))
      .slice(withProtocol ? 0 : 1)
      .join(' ');
  const line = (
    cells: readonly string[],
    local: string,
    port: string,
    peer: string,
    peerPort: string,
    users: string,
  ) =>
    `${heads(cells)} ${local.padStart(addressWidth)}:${port.padEnd(portWidth)} ${peer.padStart('Peer Address'.length)}:${peerPort.padEnd('Port'.length)}${users}`.trimEnd();
  const title = line(HEADS, 'Local Address', 'Port', 'Peer Address', 'Port', withProcess ? 'Process' : '');
  return [
    ...(noHeader ? [] : [title]),
    ...rows.map(({ head, address, port, peer, users }) =>
      line(head, address, port, peer, '*', withProcess ? users : ''),
    ),
  ];
}

function usersOf({ process, pid }: WaitingSocket): string {
  return `users:(("${process}",pid=${pid},fd=3))`;
}
