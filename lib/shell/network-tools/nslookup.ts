import type { DnsAnswer, DnsQuery, DnsRecord } from '../../api';
import type { Tool, ToolContext } from '../process';
import { askServer, candidateNames, recordType, reverseName, serverAddress, withoutDot } from './dns-client';

interface Asked {
  readonly name: string;
  readonly server: string | undefined;
  readonly types: readonly DnsQuery['type'][];
  readonly typeGiven: boolean;
  readonly timeoutMs: number;
  readonly search: boolean;
}

function readArguments(args: readonly string[]): Asked | undefined {
  const operands: string[] = [];
  let type: DnsQuery['type'] | undefined;
  let timeoutMs = 5000;
  let search = true;
  for (const word of args) {
    const option = /^-(\w+)(?:=(.*))?$/.exec(word);
    if (option === null) {
      operands.push(word);
      continue;
    }
    const [, name = '', value = ''] = option;
    if ('querytype'.startsWith(name) || name === 'type') type = recordType(value) ?? type;
    if (name === 'timeout') timeoutMs = Number(value) * 1000;
    if (name === 'nosearch') search = false;
  }
  const [name, server] = operands;
  if (name === undefined) return undefined;
  const reverse = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const types: readonly DnsQuery['type'][] = type !== undefined ? [type] : reverse ? ['PTR'] : ['A', 'AAAA'];
  return { name, server, types, typeGiven: type !== undefined, timeoutMs, search };
}

function recordLine(record: DnsRecord): string {
  const name = withoutDot(record.name);
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${name}\nAddress: ${record.data}\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${record.data}\n`;
    case 'PTR':
      return `${name}\tname = ${record.data}\n`;
    case 'SRV':
      return `${name}\tservice = ${record.data}\n`;
    case 'TXT':
      return `${name}\ttext = ${record.data}\n`;
    case 'NS':
      return `${name}\tnameserver = ${record.data}\n`;
    case 'MX':
      return `${name}\tmail exchanger = ${record.data}\n`;
    case 'SOA': {
      const [origin, mail, serial, refresh, retry, expire, minimum] = record.data.split(' ');
      return `${name}\n\torigin = ${withoutDot(origin ?? '')}\n\tmail addr = ${withoutDot(mail ?? '')}\n\tserial = ${serial}\n\trefresh = ${refresh}\n\tretry = ${retry}\n\texpire = ${expire}\n\tminimum = ${minimum}\n`;
    }
    default:
      return `${name}\t${record.type} ${record.data}\n`;
  }
}

/** nslookup as BIND's prints: on the admin machine and in netshoot. */
async function bindNslookup(context: ToolContext, asked: Asked): Promise<number> {
  const conf = context.world.network.resolvConf(context.machine.vantage);
  const server =
    asked.server === undefined ? conf.nameservers[0] : await serverAddress(context, asked.server);
  if (server === undefined) {
    await context.out(`nslookup: couldn't get address for '${asked.server ?? ''}': not found\n`);
    return 1;
  }
  const reverse = !asked.typeGiven && asked.types[0] === 'PTR';
  const candidates = reverse
    ? [reverseName(asked.name)]
    : asked.search
      ? candidateNames(asked.name, conf)
      : [withoutDot(asked.name)];
  let head = `Server:\t\t${asked.server ?? server}\nAddress:\t${server}#53\n\n`;
  if (reverse) head = '';
  const first = asked.types[0] ?? 'A';
  let last: DnsAnswer | undefined;
  for (const name of candidates) {
    const answer = await firstAnswer(context, server, { name, type: first }, asked.timeoutMs);
    if (answer === undefined) return 1;
    last = answer;
    if (answer.code === 'NXDOMAIN') continue;
    if (answer.code !== 'NOERROR') {
      await context.out(`${head}** server can't find ${name}: ${answer.code}\n\n`);
      return 1;
    }
    const others = asked.types.slice(1);
    let records = [...answer.answers];
    for (const type of others) {
      const more = await firstAnswer(context, server, { name, type }, asked.timeoutMs);
      records = [...records, ...(more?.answers ?? []).filter((record) => record.type === type)];
    }
    const lead = answer.authoritative || reverse ? '' : 'Non-authoritative answer:\n';
    if (records.length === 0) {
      // A name that exists elsewhere in the search list is found there.
      if (name !== candidates[candidates.length - 1] && candidates.length > 1) continue;
      await context.out(`${head}${lead}*** Can't find ${asked.name}: No answer\n\n`);
      return asked.typeGiven ? 0 : 1;
    }
    const extra =
      asked.typeGiven && !answer.authoritative ? '\nAuthoritative answers can be found from:\n' : '';
    await context.out(`${head}${lead}${records.map(recordLine).join('')}${extra}\n`);
    return 0;
  }
  const shown = reverse ? (candidates[0] ?? asked.name) : withoutDot(asked.name);
  await context.out(`${head}** server can't find ${shown}: ${last?.code ?? 'NXDOMAIN'}\n\n`);
  return 1;
}

async function firstAnswer(
  context: ToolContext,
  server: string,
  query: DnsQuery,
  timeoutMs: number,
): Promise<DnsAnswer | undefined> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { outcome } = await askServer(context, server, query, timeoutMs);
    if (outcome.kind === 'answer') return outcome.answer;
    const why =
      outcome.kind === 'silent'
        ? 'timed out'
        : outcome.kind === 'refused'
          ? 'connection refused'
          : 'host unreachable';
    await context.out(`;; communications error to ${server}#53: ${why}\n`);
  }
  await context.out(';; no servers could be reached\n\n');
  return undefined;
}

/** nslookup as busybox prints: it asks every search domain when the name has no dot, and none when it has one. */
async function busyboxNslookup(context: ToolContext, asked: Asked): Promise<number> {
  const conf = context.world.network.resolvConf(context.machine.vantage);
  const server =
    asked.server === undefined ? conf.nameservers[0] : await serverAddress(context, asked.server);
  if (server === undefined) {
    await context.err(`nslookup: bad address '${asked.server ?? ''}'\n`);
    return 1;
  }
  await context.out(`Server:\t\t${asked.server ?? server}\nAddress:\t${server}:53\n\n`);
  const reverse = !asked.typeGiven && asked.types[0] === 'PTR';
  const names = reverse
    ? [reverseName(asked.name)]
    : asked.name.includes('.') || conf.search.length === 0
      ? [withoutDot(asked.name)]
      : conf.search.map((domain) => `${asked.name}.${domain}`);
  let status = 0;
  for (const type of asked.types) {
    for (const name of names) {
      const { outcome } = await askServer(context, server, { name, type }, asked.timeoutMs);
      if (outcome.kind !== 'answer') {
        if (outcome.kind === 'silent') await context.sleep(asked.timeoutMs);
        await context.out(';; connection timed out; no servers could be reached\n\n');
        return 1;
      }
      const { answer } = outcome;
      if (answer.code !== 'NOERROR') {
        await context.out(`** server can't find ${name}: ${answer.code}\n\n`);
        status = 1;
        continue;
      }
      const lead = answer.authoritative || answer.answers.length === 0 ? '' : 'Non-authoritative answer:\n';
      await context.out(`${lead}${answer.answers.map(recordLine).join('')}\n`);
    }
  }
  return status;
}

/** nslookup, in the dialect of the machine it runs on. */
export const nslookup: Tool = async (context) => {
  const asked = readArguments(context.args);
  if (asked === undefined) {
    await context.err('Usage: nslookup [HOST] [SERVER]\n');
    return 1;
  }
  return context.machine.shell === 'ash' ? busyboxNslookup(context, asked) : bindNslookup(context, asked);
};
