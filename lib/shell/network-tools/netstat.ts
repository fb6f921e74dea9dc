import type { HostNetwork, Route, WaitingSocket } from '../../api';
import { parseFlags, type Tool, ToolError } from '../process';

const BUSYBOX_USAGE = `BusyBox v1.36.1 (2024-06-10 07:11:47 UTC) multi-call binary.

Usage: netstat [-ral] [-tuwx] [-enWp]

Display networking information

	-r	Routing table
	-a	All sockets
	-l	Listening sockets
		Else: connected sockets
	-t	TCP sockets
	-u	UDP sockets
	-w	Raw sockets
	-x	Unix sockets
		Else: all socket types
	-e	Other/more information
	-n	Don't resolve names
	-W	Wide display
	-p	Show PID/program name for sockets
`;

const HEAD = 'Proto Recv-Q Send-Q Local Address           Foreign Address         State       ';
const UNIX_HEAD = 'Proto RefCnt Flags       Type       State         I-Node ';

/** netstat, busybox's and net-tools': who waits on which port (`-lntup`), and the routes (`-r`). */
export const netstat: Tool = async (context) => {
  const busybox = context.machine.shell === 'ash';
  const flags = flagsOf(context.args, busybox);
  const host = context.world.network.host(context.machine.vantage);
  if (flags.has('r')) {
    for (const line of routeTable(host)) await context.out(`${line}\n`);
    return 0;
  }
  const chosen = ['t', 'u', 'w', 'x'].filter((flag) => flags.has(flag));
  const has = (flag: string) => chosen.length === 0 || chosen.includes(flag);
  const which = flags.has('a')
    ? '(servers and established)'
    : flags.has('l')
      ? '(only servers)'
      : '(w/o servers)';
  const program = flags.has('p') ? 'PID/Program name    ' : '';
  const isShown = flags.has('l') || flags.has('a');
  if (has('t') || has('u') || has('w')) {
    await context.out(`Active Internet connections ${which}\n${HEAD}${program}\n`);
    const sockets = isShown ? (host?.sockets() ?? []) : [];
    for (const [flag, protocol] of [
      ['t', 'TCP'],
      ['u', 'UDP'],
    ] as const)
      for (const socket of sockets)
        if (has(flag) && socket.protocol === protocol)
          await context.out(
            `${line(socket, flags.has('n'), busybox)}${flags.has('p') ? owner(socket) : ''}\n`,
          );
  }
  if (has('x')) {
    const gap = flags.has('p') ? program : '';
    await context.out(`Active UNIX domain sockets ${which}\n${UNIX_HEAD}${gap}Path\n`);
  }
  return 0;
};

function flagsOf(args: readonly string[], busybox: boolean) {
  const wrong = args
    .flatMap((word) => (/^-\w/.test(word) ? [...word.slice(1)] : []))
    .find((letter) => !'raltuwxenWpc46'.includes(letter));
  if (wrong !== undefined && busybox)
    throw new ToolError(`invalid option -- '${wrong}'\n${BUSYBOX_USAGE}`.trimEnd(), 1);
  return parseFlags(
    args,
    'r|route a|all l|listening t|tcp u|udp w|raw x|unix e|extend n|numeric W|wide p|programs c|continuous 4 6',
  );
}

function line({ protocol, address, port }: WaitingSocket, numeric: boolean, busybox: boolean): string {
  const shown = !numeric && address.startsWith('127.') ? 'localhost' : address;
  const local = `${shown}:${port}`.padEnd(23).slice(0, 23);
  const state = protocol === 'TCP' ? 'LISTEN' : '';
  const foreign = `${address.includes(':') ? '::' : '0.0.0.0'}:*`;
  const name = address.includes(':') && !busybox ? `${protocol.toLowerCase()}6` : protocol.toLowerCase();
  return `${name.padEnd(5)}      0      0 ${local} ${foreign.padEnd(23)} ${state.padEnd(12)}`;
}

/** Which program has a socket, in 20 columns. */
const owner = ({ pid, process }: WaitingSocket): string => `${pid}/${process}`.slice(0, 20);

function maskOf(to: string): string {
  const length = to === 'default' ? 0 : Number(to.split('/')[1] ?? 32);
  const parts = [0, 1, 2, 3].map((index) => {
    const bits = Math.min(8, Math.max(0, length - index * 8));
    return 256 - 2 ** (8 - bits);
  });
  return parts.join('.');
}

function routeTable(host: HostNetwork | undefined): readonly string[] {
  const row = ({ to, via, dev }: Route) => {
    const isHost = to !== 'default' && !to.includes('/');
    const flags = `U${via === undefined ? '' : 'G'}${isHost ? 'H' : ''}`;
    const target = to === 'default' ? '0.0.0.0' : (to.split('/')[0] ?? to);
    const cells = [target, via ?? '0.0.0.0', maskOf(to)].map((cell) => cell.padEnd(15));
    return `${cells.join(' ')} ${flags.padEnd(5)}   0 0          0 ${dev}`;
  };
  return [
    'Kernel IP routing table',
    'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface',
    ...(host?.routes() ?? []).map(row),
  ];
}
