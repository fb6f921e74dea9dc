import { type Connection, ipvsSecondsLeft } from '../kernel/connections';
import { compareDestinations } from './choose';
import { counterOf, type IpvsMemory } from './memory';
import { type Destination, destinationKey, type IpvsTables, serverKey, type VirtualServer } from './tables';

/** What `ipvsadm` looks at. */
export interface IpvsLook {
  readonly node: string;
  readonly ipvs: IpvsTables | undefined;
  readonly memory: IpvsMemory;
  readonly connections: readonly Connection[];
  readonly now: number;
}

const COLUMNS = ['Conns', 'InPkts', 'OutPkts', 'InBytes', 'OutBytes'];
const VERSION = 'IP Virtual Server version 1.2.1 (size=4096)';

/** `ipvsadm -Ln`. */
export function printServers(look: IpvsLook): string {
  const lines = [
    VERSION,
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
  ];
  for (const server of sorted(look.ipvs)) {
    lines.push(serverTitle(server));
    for (const each of server.destinations.toSorted(compareDestinations)) {
      const ended = endedConnections(look, server, each);
      lines.push(
        `  -> ${destinationKey(each).padEnd(28)} Masq    ${String(each.weight).padEnd(6)} 0          ${String(ended).padEnd(10)}`,
      );
    }
  }
  return `${lines.join('\n')}\n`;
}

/** `ipvsadm -Ln --stats`. */
export function printStatistics(look: IpvsLook): string {
  const lines = [
    VERSION,
    `${'Prot LocalAddress:Port'.padEnd(33)} ${COLUMNS.map((name) => name.padStart(8)).join(' ')}`,
    '  -> RemoteAddress:Port',
  ];
  const numbers = (key: string) => {
    const { connections, inPackets, outPackets, inBytes, outBytes } = counterOf(look.memory, key);
    return [connections, inPackets, outPackets, inBytes, outBytes].map(shortNumber).join(' ');
  };
  for (const server of sorted(look.ipvs)) {
    const key = `${look.node} ${keyOf(server)}`;
    const title = `${server.protocol.padEnd(4)} ${server.ip}:${server.port}`;
    lines.push(`${title.padEnd(33)} ${numbers(key)}`);
    for (const each of server.destinations.toSorted(compareDestinations)) {
      const name = destinationKey(each);
      lines.push(`  -> ${name.padEnd(28)} ${numbers(`${key} ${name}`)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** `ipvsadm -Lnc`. */
export function printConnections(look: IpvsLook): string {
  const lines = [
    'IPVS connection entries',
    'pro expire state       source             virtual            destination',
  ];
  for (const connection of look.connections) {
    const left = ipvsSecondsLeft(connection, look.now);
    if (connection.node !== look.node || left === 0) continue;
    const { protocol, source, sourcePort, ip, port, replySource, replySourcePort, state } = connection;
    const named = protocol === 'UDP' ? 'UDP' : state;
    lines.push(
      `${protocol.padEnd(3)} ${clock(left)}  ${named.padEnd(11)} ${`${source}:${sourcePort}`.padEnd(18)} ${`${ip}:${port}`.padEnd(18)} ${replySource}:${replySourcePort}`,
    );
  }
  for (const [key, { to, until }] of Object.entries(look.memory.clients)) {
    const [node, protocol = '', virtual = '', client = ''] = key.split(' ');
    if (node !== look.node || until <= look.now) continue;
    const left = Math.floor((until - look.now) / 1000);
    const state = protocol === 'UDP' ? 'UDP' : 'ASSURED';
    lines.push(
      `${protocol.padEnd(3)} ${clock(left)}  ${state.padEnd(11)} ${`${client}:0`.padEnd(18)} ${virtual.padEnd(18)} ${to}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Connections of a destination that are remembered though they have ended. */
export function endedConnections(
  { node, connections, now }: Pick<IpvsLook, 'node' | 'connections' | 'now'>,
  server: VirtualServer,
  destination: Pick<Destination, 'ip' | 'port'>,
): number {
  const key = keyOf(server);
  return connections.filter(
    (each) =>
      each.node === node &&
      each.server === key &&
      each.replySource === destination.ip &&
      each.replySourcePort === destination.port &&
      ipvsSecondsLeft(each, now) > 0,
  ).length;
}

const keyOf = ({ protocol, ip, port }: VirtualServer) => serverKey(protocol, ip, port);

/** A virtual server as `ipvsadm -Ln` prints it. */
export function serverTitle(server: VirtualServer): string {
  const flags = server.persistentSeconds === undefined ? '' : ` persistent ${server.persistentSeconds}`;
  return `${server.protocol.padEnd(4)} ${server.ip}:${server.port} ${server.scheduler}${flags}`;
}

/** As ipvsadm sorts: by protocol, address, port. */
function sorted(ipvs: IpvsTables | undefined): readonly VirtualServer[] {
  const order = ['TCP', 'UDP', 'SCTP'];
  return Object.values(ipvs?.servers ?? {}).toSorted(
    (left, right) =>
      order.indexOf(left.protocol) - order.indexOf(right.protocol) || compareDestinations(left, right),
  );
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

/** ipvsadm's short numbers: eight columns, thousands as K, millions as M beyond. */
function shortNumber(value: number): string {
  if (value < 100_000_000) return String(value).padStart(8);
  if (value < 100_000_000_000) return `${Math.floor(value / 1000)}K`.padStart(8);
  return `${Math.floor(value / 1_000_000)}M`.padStart(8);
}
