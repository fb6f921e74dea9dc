import type { HostNetwork, TrackedConnection } from '../../api';
import { parseFlags, type Tool, type ToolContext } from '../process';
import { listRules } from './iptables-list';

/** The machine's network for tools that only root may use; undefined for others. */
function privileged({ world, machine }: ToolContext): HostNetwork | undefined {
  const host = world.network.host(machine.vantage);
  return host?.isPrivileged === true && machine.user === 'root' ? host : undefined;
}

async function fail(context: ToolContext, message: string, status: number): Promise<number> {
  await context.err(`${message}\n`);
  return status;
}

const IPTABLES_VERSION = 'v1.8.9 (nf_tables)';
const TRY = "\nTry `iptables -h' or 'iptables --help' for more information.";

function notRoot(context: ToolContext): Promise<number> {
  const why = 'Could not fetch rule set generation id: Permission denied (you must be root)';
  return fail(context, `${context.name} ${IPTABLES_VERSION}: ${why}${whereRulesAre(context)}`, 4);
}

/** Says on the admin machine where the rules are that a learner looks for. */
function whereRulesAre(context: ToolContext): string {
  return context.machine.kind === 'admin'
    ? '\n(the rules that kube-proxy writes are on the nodes: `ssh NODE`, and look there)'
    : '';
}

/** iptables-save [-t TABLE] [-c]. */
export const iptablesSave: Tool = async (context) => {
  const flags = parseFlags(context.args, 't:|table c|counters');
  const host = privileged(context);
  if (host === undefined) return notRoot(context);
  const table = flags.value('t');
  if (table !== undefined && table !== 'nat' && table !== 'filter' && table !== 'mangle') return 0;
  await context.out(host.iptablesSave({ table, counters: flags.has('c') }));
  return 0;
};

/** iptables -S [CHAIN]: rules as they were written; iptables -L [CHAIN]: as a table. Nothing is changed by it. */
export const iptables: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    't:|table S|list-rules L|list n|numeric v|verbose x|exact line-numbers w|wait V|version',
  );
  if (flags.has('V')) {
    await context.out(`iptables ${IPTABLES_VERSION}\n`);
    return 0;
  }
  const host = privileged(context);
  if (host === undefined) return notRoot(context);
  const table = flags.value('t') ?? 'filter';
  if (table !== 'nat' && table !== 'filter' && table !== 'mangle')
    return fail(
      context,
      `iptables ${IPTABLES_VERSION}: can't initialize iptables table \`${table}': Table does not exist (do you need to insmod?)`,
      3,
    );
  const [chain] = flags.rest;
  if (flags.has('L')) {
    const style = {
      numeric: flags.has('n'),
      verbose: flags.has('v'),
      lineNumbers: flags.has('line-numbers'),
    };
    const text = listRules(host.iptablesSave({ table, counters: true }), chain, style);
    if (text === undefined)
      return fail(context, `iptables ${IPTABLES_VERSION}: No chain/target/match by that name.`, 1);
    await context.out(text);
    return 0;
  }
  if (!flags.has('S')) return fail(context, `iptables ${IPTABLES_VERSION}: no command specified${TRY}`, 2);
  const lines = host.iptablesSave({ table }).split('\n');
  const chains = lines.flatMap((line) => /^:(\S+) (\S+)/.exec(line)?.slice(1, 3).join(' ') ?? []);
  const known = chains.filter((each) => chain === undefined || each.startsWith(`${chain} `));
  if (known.length === 0)
    return fail(context, `iptables ${IPTABLES_VERSION}: No chain/target/match by that name.`, 1);
  for (const each of known) {
    const [name = '', policy = '-'] = each.split(' ');
    await context.out(policy === '-' ? `-N ${name}\n` : `-P ${name} ${policy}\n`);
  }
  for (const line of lines)
    if (line.startsWith('-A ') && (chain === undefined || line.startsWith(`-A ${chain} `)))
      await context.out(`${line}\n`);
  return 0;
};

/** ipvsadm -L, -Ln, --stats, -Lnc. */
export const ipvsadm: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'L|l|list n|numeric c|connection stats rate exact sort t:|tcp-service u:|udp-service',
  );
  const host = privileged(context);
  if (host === undefined)
    return fail(
      context,
      "Can't initialize ipvs: Permission denied (you must be root)\nAre you sure that IP Virtual Server is built in the kernel or as module?",
      255,
    );
  const what = flags.has('c') ? 'connections' : flags.has('stats') ? 'statistics' : 'servers';
  const text = host.ipvsadm(what);
  const service = flags.value('t') ?? flags.value('u');
  if (service === undefined || what === 'connections') {
    await context.out(text);
    return 0;
  }
  const found = oneService(text, flags.has('t') ? 'TCP' : 'UDP', service);
  if (found === undefined) return fail(context, 'Service not defined', 255);
  await context.out(found);
  return 0;
};

/** The lines of one virtual server, without the titles that go with all. */
function oneService(text: string, protocol: string, service: string): string | undefined {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`${protocol.padEnd(4)} ${service}`));
  if (from === -1) return undefined;
  const length = lines.slice(from + 1).findIndex((line) => !line.startsWith('  ->'));
  const titles = lines.slice(1, lines.findIndex((line) => line.startsWith('  -> RemoteAddress')) + 1);
  return [...titles, ...lines.slice(from, from + 1 + length), ''].join('\n');
}

const IPSET = 'ipset v7.17: ';

/** ipset list [SET], ipset list -n. */
export const ipset: Tool = async (context) => {
  const words = context.args.filter((word) => !word.startsWith('-'));
  const namesOnly = context.args.some((word) => word === '-n' || word === '-name');
  const host = privileged(context);
  if (host === undefined) return fail(context, `${IPSET}Kernel error received: Operation not permitted`, 1);
  const [verb, only] = words;
  if (verb !== 'list')
    return fail(
      context,
      `${IPSET}Unknown argument: \`${verb ?? ''}'\nTry \`ipset help' for more information.`,
      2,
    );
  const text = host.ipset({ only, namesOnly });
  if (text === undefined) return fail(context, `${IPSET}The set with the given name does not exist`, 1);
  await context.out(text);
  return 0;
};

const CONNTRACK = 'conntrack v1.4.7 (conntrack-tools): ';
const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

/** conntrack -L, filtered by -p, -s, -d, --sport, --dport. */
export const conntrack: Tool = async (context) => {
  const flags = parseFlags(
    context.args,
    'L|dump p:|proto s:|src|orig-src d:|dst|orig-dst sport:|orig-port-src dport:|orig-port-dst n|src-nat o:|output f:|family',
  );
  const host = privileged(context);
  if (host === undefined)
    return fail(
      context,
      `${CONNTRACK}Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this`,
      1,
    );
  if (!flags.has('L')) return fail(context, `${CONNTRACK}only -L is shown here`, 2);
  const asked = (value: string | undefined, is: string | number) =>
    value === undefined || value === String(is);
  const chosen = host
    .connections()
    .filter(
      ({ protocol, original }) =>
        asked(flags.value('p')?.toUpperCase(), protocol) &&
        asked(flags.value('s'), original.source) &&
        asked(flags.value('d'), original.destination) &&
        asked(flags.value('sport'), original.sourcePort) &&
        asked(flags.value('dport'), original.destinationPort),
    );
  for (const connection of chosen) await context.out(`${printConnection(connection)}\n`);
  await context.err(`${CONNTRACK}${chosen.length} flow entries have been shown.\n`);
  return 0;
};

function printConnection({
  protocol,
  state,
  secondsLeft,
  original,
  reply,
  answered,
  assured,
}: TrackedConnection): string {
  const ends = (each: TrackedConnection['original']) =>
    `src=${each.source} dst=${each.destination} sport=${each.sourcePort} dport=${each.destinationPort}`;
  const head = `${protocol.toLowerCase().padEnd(8)} ${PROTOCOL_NUMBERS[protocol] ?? 0} ${secondsLeft}`;
  return [
    head,
    ...(state === undefined ? [] : [state]),
    ends(original),
    ...(answered ? [] : ['[UNREPLIED]']),
    ends(reply),
    ...(assured ? ['[ASSURED]'] : []),
    'mark=0',
    'use=1',
  ].join(' ');
}
