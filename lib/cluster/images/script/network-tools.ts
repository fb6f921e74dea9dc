import { parseFlags } from '../../../base';
import { fails, prints, type Ran, type ScriptTool, type ToolIo } from './tool';

const CONNECT_TIMEOUT_MS = 127_000;

function addressesOf(
  io: ToolIo,
  name: string,
): {
  readonly addresses: readonly string[];
  readonly name: string;
  readonly ms: number;
  readonly silent: boolean;
} {
  const { addresses, canonicalName = name, latencyMs, error } = io.world.lookup(name).outcome;
  return { addresses, name: canonicalName, ms: latencyMs, silent: error === 'no-server' };
}

/** nc as a client: is anybody there, and what is said. */
const nc: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'z v n w: u l k q: N p: 4 6 i: e: s: c: o:');
  const [name = '', portText = ''] = flags.rest;
  const port = Number(portText);
  if (!Number.isInteger(port) || portText === '') return fails(io, 'missing port number');
  const found = addressesOf(io, name);
  const [ip] = found.addresses;
  if (ip === undefined) return { ...fails(io, `bad address '${name}'`), waitMs: found.ms };
  const text = flags.has('z') ? '' : (io.stdin ?? '');
  const { outcome } = io.world.send(ip, port, flags.has('z') ? { kind: 'connect' } : { kind: 'bytes', text });
  const patience = flags.has('w') ? Number(flags.value('w')) * 1000 : CONNECT_TIMEOUT_MS;
  const place = `${name} (${ip}:${port})`;
  const failed = (why: string, ms: number): Ran => ({
    status: 1,
    out: '',
    err:
      flags.has('v') || !flags.has('z')
        ? `nc: ${io.busybox ? place : `connect to ${name} port ${port} (tcp) failed`}: ${why}\n`
        : '',
    waitMs: ms,
  });
  if (outcome.kind === 'dropped')
    return failed(io.busybox ? 'Operation timed out' : 'Connection timed out', patience);
  const ms = Math.min(patience, found.ms + outcome.latencyMs);
  if (outcome.kind === 'refused') return failed('Connection refused', ms);
  if (outcome.kind === 'unreachable') return failed('Host is unreachable', ms);
  const opened = io.busybox
    ? `${place} open\n`
    : `Connection to ${name} (${ip}) ${port} port [tcp/*] succeeded!\n`;
  const { reply } = outcome;
  const body = flags.has('z')
    ? ''
    : reply.kind === 'bytes'
      ? reply.text
      : reply.kind === 'http'
        ? reply.body
        : '';
  return { status: 0, out: body, err: flags.has('v') ? opened : '', waitMs: ms };
};

/** How long the resolver tries before it says that nobody answers. */
const NO_SERVER_MS = 10_000;

const ping: ScriptTool = (io) => {
  const flags = parseFlags(io.args, 'c: i: W: w: q n 4 6 s: I: A');
  const [name = ''] = flags.rest;
  const found = addressesOf(io, name);
  const [ip] = found.addresses;
  if (ip === undefined)
    return {
      ...fails(io, io.busybox ? `bad address '${name}'` : `${name}: Name or service not known`),
      waitMs: found.ms,
    };
  const count = flags.has('c') ? Number(flags.value('c')) : Number.POSITIVE_INFINITY;
  const { answered, latencyMs } = io.world.ping(ip);
  const title = io.busybox
    ? `PING ${name} (${ip}): 56 data bytes\n`
    : `PING ${name} (${ip}) 56(84) bytes of data.\n`;
  // One that never ends is shown by its beginning.
  const sent = Math.min(count, 100_000);
  const line = (index: number) =>
    io.busybox
      ? `64 bytes from ${ip}: seq=${index} ttl=64 time=${latencyMs.toFixed(3)} ms\n`
      : `64 bytes from ${ip}: icmp_seq=${index + 1} ttl=64 time=${latencyMs.toFixed(2)} ms\n`;
  const lines = answered
    ? Array.from({ length: Number.isFinite(count) ? sent : 1 }, (_, index) => line(index)).join('')
    : '';
  const sendingMs = Number(flags.value('i') ?? 1) * 1000 * (sent - 1);
  const allMs = sendingMs + (answered ? latencyMs : Number(flags.value('W') ?? 10) * 1000);
  if (!Number.isFinite(count)) return { ...prints(title + lines), waitMs: Number.POSITIVE_INFINITY };
  const got = answered ? sent : 0;
  const statistics = `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${got} ${io.busybox ? 'packets ' : ''}received, ${answered ? 0 : 100}% packet loss${io.busybox ? '' : `, time ${Math.round(sendingMs)}ms`}\n`;
  const times = answered
    ? io.busybox
      ? `round-trip min/avg/max = ${Array(3).fill(latencyMs.toFixed(3)).join('/')} ms\n`
      : `rtt min/avg/max/mdev = ${Array(3).fill(latencyMs.toFixed(3)).join('/')}/0.000 ms\n`
    : '';
  return {
    status: answered ? 0 : 1,
    out: title + lines + statistics + times,
    err: '',
    waitMs: found.ms + allMs,
  };
};

const nslookup: ScriptTool = (io) => {
  const [name] = io.args.filter((word) => !word.startsWith('-'));
  if (name === undefined) return { status: 1, out: '', err: 'Usage: nslookup [HOST] [SERVER]\n' };
  const found = addressesOf(io, name);
  if (found.silent)
    return {
      status: 1,
      out: ';; connection timed out; no servers could be reached\n\n',
      err: '',
      waitMs: Math.max(NO_SERVER_MS, found.ms),
    };
  const server = /^nameserver (\S+)/m.exec(io.files.read('/etc/resolv.conf') ?? '')?.[1] ?? '10.96.0.10';
  const head = `Server:\t\t${server}\nAddress:\t${server}${io.busybox ? ':' : '#'}53\n\n`;
  // Newer busybox asks no search domain for a name with a dot in it.
  const asked = !io.busybox || !name.includes('.') || found.name === name.replace(/\.$/, '');
  if (found.addresses.length === 0 || !asked)
    return { status: 1, out: `${head}** server can't find ${name}: NXDOMAIN\n\n`, err: '', waitMs: found.ms };
  const records = found.addresses
    .map((ip) => `Name:\t${found.name}\nAddress: ${ip}\n`)
    .join(io.busybox ? '' : '');
  return { status: 0, out: `${head}${records}\n`, err: '', waitMs: found.ms };
};

const getent: ScriptTool = (io) => {
  const [database, ...names] = io.args;
  if (database !== 'hosts' && database !== 'ahosts') return prints('', database === 'passwd' ? 0 : 1);
  let out = '';
  let status = 0;
  let ms = 0;
  for (const name of names) {
    const found = addressesOf(io, name);
    ms += found.ms;
    if (found.addresses.length === 0) status = 2;
    for (const ip of found.addresses) out += `${ip.padEnd(15)}  ${found.name}\n`;
  }
  return { status, out, err: '', waitMs: ms };
};

const resolves: ScriptTool = (io) => {
  const name = io.args.find((word) => !/^[-+@]/.test(word) && !/^(A|IN|ANY)$/.test(word)) ?? '';
  const found = addressesOf(io, name);
  if (io.name === 'dig') {
    if (found.silent)
      return { status: 9, out: ';; no servers could be reached\n', err: '', waitMs: NO_SERVER_MS };
    return { status: 0, out: found.addresses.map((ip) => `${ip}\n`).join(''), err: '', waitMs: found.ms };
  }
  if (found.addresses.length === 0)
    return { status: 1, out: `Host ${name} not found: 3(NXDOMAIN)\n`, err: '', waitMs: found.ms };
  return {
    status: 0,
    out: found.addresses.map((ip) => `${found.name} has address ${ip}\n`).join(''),
    err: '',
    waitMs: found.ms,
  };
};

/** Commands about names and connections. */
export const networkTools: Readonly<Record<string, ScriptTool>> = {
  dig: resolves,
  getent,
  host: resolves,
  nc,
  nslookup,
  ping,
};
