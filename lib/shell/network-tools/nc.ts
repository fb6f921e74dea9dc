import type { Delivery } from '../../api';
import { type Flags, parseFlags, type Tool, type ToolContext, ToolError } from '../process';
import { CONNECT_PATIENCE_MS, isAddress } from './http-request';
import { resolverError } from './resolver-error';

/** What one run of nc is about. */
interface Call {
  readonly name: string;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
  readonly flags: Flags;
  /** busybox' nc, or OpenBSD's. */
  readonly busybox: boolean;
  readonly text: string;
}

/** nc, for asking whether anybody listens (-z), or for saying a few words. */
export const nc: Tool = async (context) => {
  const flags = parseFlags(context.args, 'z v n w: u l k q: N p: 4 6 i:');
  const [name, portText] = flags.rest;
  const port = Number(portText);
  if (name === undefined || !Number.isInteger(port)) throw new ToolError('missing port number');
  const busybox = context.machine.shell === 'ash';
  const { addresses, error } = await lookUp(context, name);
  if (addresses.length === 0) {
    await context.err(
      busybox
        ? `nc: bad address '${name}'\n`
        : `nc: getaddrinfo for host "${name}" port ${port}: ${resolverError(context.machine, error)}\n`,
    );
    return 1;
  }
  const text = flags.has('z') ? '' : await context.stdin.readAll();
  const call: Call = { name, port, protocol: flags.has('u') ? 'UDP' : 'TCP', flags, busybox, text };
  // OpenBSD's goes on to the next address where one does not take it; busybox' knows the first alone.
  for (const ip of busybox ? addresses.slice(0, 1) : addresses) {
    const reply = await dial(context, call, ip);
    if (reply === undefined) continue;
    await tellReply(context, reply);
    return 0;
  }
  return 1;
};

async function lookUp(
  context: ToolContext,
  name: string,
): Promise<{ readonly addresses: readonly string[]; readonly error?: string | undefined }> {
  if (isAddress(name)) return { addresses: [name] };
  const { outcome } = context.world.network.lookup(context.machine.vantage, name);
  await context.sleep(outcome.latencyMs);
  return outcome;
}

type Reply = Extract<Delivery, { kind: 'delivered' }>['reply'] | 'silence';

/** One try; undefined once it was told why it failed. */
async function dial(context: ToolContext, call: Call, ip: string): Promise<Reply | undefined> {
  const { port, protocol, flags, busybox, text } = call;
  const patience = flags.has('w') ? Number(flags.value('w')) * 1000 : CONNECT_PATIENCE_MS;
  const { outcome } = context.world.network.send({
    from: context.machine.vantage,
    to: { ip, port },
    protocol,
    request: flags.has('z') ? { kind: 'connect' } : { kind: 'bytes', text },
  });
  if (outcome.kind === 'dropped') {
    await context.sleep(patience);
    if (protocol === 'UDP') return 'silence';
    if (busybox) return fail(context, call, ip, 'Operation timed out');
    // Debian's patch for -w: its own patience ended, and errno is still the pending connect's.
    return flags.has('w')
      ? fail(context, call, ip, 'Operation now in progress', 'timed out')
      : fail(context, call, ip, 'Connection timed out');
  }
  await context.sleep(Math.min(patience, outcome.latencyMs));
  if (outcome.kind === 'refused') return fail(context, call, ip, 'Connection refused');
  if (outcome.kind === 'unreachable') return fail(context, call, ip, 'No route to host');
  if (flags.has('v')) await context.err(openLine(call, ip));
  return outcome.reply;
}

function openLine({ name, port, protocol, busybox }: Call, ip: string): string {
  if (busybox) return `${name} (${ip}:${port}) open\n`;
  const place = isAddress(name) ? ip : `${name} (${ip})`;
  return `Connection to ${place} ${port} port [${protocol.toLowerCase()}/*] succeeded!\n`;
}

async function fail(
  context: ToolContext,
  call: Call,
  ip: string,
  why: string,
  how = 'failed',
): Promise<undefined> {
  const { name, port, protocol, flags, busybox } = call;
  if (busybox) {
    if (flags.has('v') || !flags.has('z')) await context.err(`nc: ${name} (${ip}:${port}): ${why}\n`);
  } else if (flags.has('v')) {
    const place = isAddress(name) ? ip : `${name} (${ip})`;
    await context.err(`nc: connect to ${place} port ${port} (${protocol.toLowerCase()}) ${how}: ${why}\n`);
  }
  return undefined;
}

async function tellReply(context: ToolContext, reply: Reply): Promise<void> {
  if (reply === 'silence') return;
  if (reply.kind === 'bytes') await context.out(reply.text);
  if (reply.kind !== 'http') return;
  const headers = reply.headers.map(([key, value]) => `${key}: ${value}\r\n`).join('');
  await context.out(`HTTP/1.1 ${reply.status} ${reply.reason}\r\n${headers}\r\n${reply.body}`);
}
