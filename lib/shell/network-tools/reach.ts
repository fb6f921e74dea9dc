import { Interrupted, parseFlags, type Tool, type ToolContext, ToolError } from '../process';
import { isAddress } from './http-request';
import { resolverError } from './resolver-error';

async function resolve(
  context: ToolContext,
  name: string,
): Promise<{ ip: string; canonical: string } | { error: string }> {
  if (isAddress(name)) return { ip: name, canonical: name };
  const { outcome } = context.world.network.lookup(context.machine.vantage, name);
  await context.sleep(outcome.latencyMs);
  const [ip] = outcome.addresses;
  return ip === undefined
    ? { error: resolverError(context.machine, outcome.error) }
    : { ip, canonical: outcome.canonicalName ?? name };
}

/** getent hosts and ahosts. */
export const getent: Tool = async (context) => {
  const [database, ...names] = context.args;
  if (database === 'passwd') {
    const { user, home } = context.machine;
    await context.out(
      `${user}:x:${user === 'root' ? 0 : 1000}:${user === 'root' ? 0 : 1000}::${home}:/bin/sh\n`,
    );
    return 0;
  }
  if (database !== 'hosts' && database !== 'ahosts' && database !== 'ahostsv4') {
    await context.err(`Unknown database: ${database ?? ''}\nTry \`getent --help' for more information.\n`);
    return 1;
  }
  let status = 0;
  for (const name of names) {
    const { outcome } = context.world.network.lookup(context.machine.vantage, name);
    await context.sleep(outcome.latencyMs);
    const canonical = outcome.canonicalName ?? name;
    if (outcome.addresses.length === 0) status = 2;
    for (const ip of outcome.addresses) {
      if (database === 'hosts') await context.out(`${ip.padEnd(15)} ${canonical}\n`);
      else
        await context.out(
          `${ip.padEnd(15)} STREAM ${canonical}\n${ip.padEnd(15)} DGRAM  \n${ip.padEnd(15)} RAW    \n`,
        );
    }
  }
  return status;
};

/** ping: a cluster IP answers none, since no rule carries ICMP. */
export const ping: Tool = async (context) => {
  const flags = parseFlags(context.args, 'c: i: W: w: q n 4 6 s: t: I:');
  const [name] = flags.rest;
  const busybox = context.machine.shell === 'ash';
  if (name === undefined) throw new ToolError('usage error: Destination address required');
  const found = await resolve(context, name);
  if ('error' in found) {
    await context.err(busybox ? `ping: bad address '${name}'\n` : `ping: ${name}: ${found.error}\n`);
    return busybox ? 1 : 2;
  }
  const { ip } = found;
  const shown = isAddress(name) ? name : found.canonical;
  const count = flags.has('c') ? Number(flags.value('c')) : Number.POSITIVE_INFINITY;
  const everyMs = Number(flags.value('i') ?? 1) * 1000;
  const waitMs = Number(flags.value('W') ?? 10) * 1000;
  await context.out(
    busybox ? `PING ${name} (${ip}): 56 data bytes\n` : `PING ${shown} (${ip}) 56(84) bytes of data.\n`,
  );
  const times: number[] = [];
  let sent = 0;
  let errors = 0;
  const began = context.now();
  // Its clock stops with the last packet sent: waiting for what never comes back is not counted.
  let lastSent = began;
  const statistics = () => {
    const lost = sent === 0 ? 0 : Math.round(((sent - times.length) / sent) * 100);
    const low = Math.min(...times).toFixed(3);
    const high = Math.max(...times).toFixed(3);
    const mean = (times.reduce((sum, time) => sum + time, 0) / Math.max(1, times.length)).toFixed(3);
    if (busybox) {
      const tail = times.length > 0 ? `round-trip min/avg/max = ${low}/${mean}/${high} ms\n` : '';
      return `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${times.length} packets received, ${lost}% packet loss\n${tail}`;
    }
    const tail = times.length > 0 ? `rtt min/avg/max/mdev = ${low}/${mean}/${high}/0.010 ms\n` : '\n';
    return `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${times.length} received, ${errors === 0 ? '' : `+${errors} errors, `}${lost}% packet loss, time ${Math.round(lastSent - began)}ms\n${tail}`;
  };
  try {
    while (sent < count) {
      const { outcome } = context.world.network.ping({ from: context.machine.vantage, ip });
      lastSent = context.now();
      sent += 1;
      if (outcome.answered) {
        const ms = Math.max(0.02, outcome.latencyMs);
        times.push(ms);
        await context.out(
          busybox
            ? `64 bytes from ${ip}: seq=${sent - 1} ttl=64 time=${ms.toFixed(3)} ms\n`
            : `64 bytes from ${shown === ip ? ip : `${shown} (${ip})`}: icmp_seq=${sent} ttl=64 time=${ms < 1 ? ms.toFixed(3) : ms.toFixed(2)} ms\n`,
        );
      }
      const told = outcome.refusal !== undefined;
      if (told) {
        errors += 1;
        const what = outcome.refusal === 'port' ? 'Port' : 'Host';
        if (!busybox)
          await context.out(`From ${outcome.by ?? ip} icmp_seq=${sent} Destination ${what} Unreachable\n`);
      }
      if (sent < count) await context.sleep(everyMs);
      else if (!outcome.answered) await context.sleep(told ? outcome.latencyMs : waitMs);
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    await context.lastWords(statistics());
    return times.length > 0 ? 0 : 1;
  }
  await context.out(statistics());
  return times.length > 0 ? 0 : 1;
};
