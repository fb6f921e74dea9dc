import { parseFlags, type Tool, type ToolContext, ToolError } from '../process';

function ownAddress(context: ToolContext): string {
  return context.world.network.addresses(context.machine.vantage)[0] ?? '127.0.0.1';
}

/** The prefix that an address of our networks has on its interface. */
function prefixOf(context: ToolContext): number {
  return context.machine.kind === 'container' ? 24 : 24;
}

/** ip addr, ip route: what a learner looks at, no more. */
const ip: Tool = async (context) => {
  const words = context.args.filter((word) => !word.startsWith('-'));
  const [what = 'help'] = words;
  const brief = context.args.includes('-br') || context.args.includes('-brief');
  const address = ownAddress(context);
  const gateway = address.replace(/\.\d+$/, '.1');
  const network = address.replace(/\.\d+$/, '.0');
  if ('address'.startsWith(what)) {
    if (brief) {
      await context.out(
        `lo               UNKNOWN        127.0.0.1/8 \neth0             UP             ${address}/${prefixOf(context)} \n`,
      );
      return 0;
    }
    await context.out(
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n` +
        `2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP group default\n    link/ether ${macOf(address)} brd ff:ff:ff:ff:ff:ff\n    inet ${address}/${prefixOf(context)} brd ${address.replace(/\.\d+$/, '.255')} scope global eth0\n       valid_lft forever preferred_lft forever\n`,
    );
    return 0;
  }
  if ('route'.startsWith(what)) {
    await context.out(
      `default via ${gateway} dev eth0 \n${network}/${prefixOf(context)} dev eth0 proto kernel scope link src ${address} \n`,
    );
    return 0;
  }
  await context.err(`Object "${what}" is unknown, try "ip help".\n`);
  return 1;
};

/** A stable hardware address, as container networks derive it from the IP. */
function macOf(address: string): string {
  return `02:42:${address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join(':')}`;
}

const iptablesSave: Tool = async (context) => {
  const flags = parseFlags(context.args, 't:|table c|counters');
  const { vantage } = context.machine;
  if (vantage.kind !== 'node') {
    if (context.machine.user !== 'root') {
      throw new ToolError(
        'Could not fetch rule set generation id: Permission denied (you must be root)\n(the rules that kube-proxy writes are on the nodes: ssh worker-1)',
        4,
      );
    }
    return 0;
  }
  const table = flags.value('t');
  if (table !== undefined && table !== 'nat' && table !== 'filter') return 0;
  await context.out(context.world.network.iptablesSave(vantage.name, table));
  return 0;
};

/** Tools about the machine's own network. */
export const hostTools: Readonly<Record<string, Tool>> = { ip, 'iptables-save': iptablesSave };
