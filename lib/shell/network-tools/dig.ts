import type { DnsAnswer, DnsQuery, DnsRecord } from '../../api';
import { civilTime } from '../../base';
import type { Tool, ToolContext } from '../process';
import { askServer, candidateNames, recordType, reverseName, serverAddress, withoutDot } from './dns-client';

const VERSION = '9.20.11';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface Asked {
  names: string[];
  type: DnsQuery['type'];
  server: string | undefined;
  port: number;
  short: boolean;
  search: boolean;
  answerOnly: boolean;
  comments: boolean;
  stats: boolean;
  question: boolean;
  command: boolean;
  authority: boolean;
  additional: boolean;
  timeoutMs: number;
  tries: number;
}

function readArguments(args: readonly string[]): Asked {
  const asked: Asked = {
    names: [],
    type: 'A',
    server: undefined,
    port: 53,
    short: false,
    search: false,
    answerOnly: false,
    comments: true,
    stats: true,
    question: true,
    command: true,
    authority: true,
    additional: true,
    timeoutMs: 5000,
    tries: 3,
  };
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const type = recordType(word);
    if (word.startsWith('@')) asked.server = word.slice(1);
    else if (word === '-p') asked.port = Number(words.shift());
    else if (word === '-t') asked.type = recordType(words.shift() ?? '') ?? 'A';
    else if (word === '-x') {
      asked.names.push(reverseName(words.shift() ?? ''));
      asked.type = 'PTR';
    } else if (word.startsWith('+')) setOption(asked, word.slice(1));
    else if (word.startsWith('-')) continue;
    else if (type !== undefined && (asked.names.length > 0 || !['A'].includes(word))) asked.type = type;
    else if (word !== 'IN') asked.names.push(word);
  }
  return asked;
}

function setOption(asked: Asked, text: string): void {
  const [name = '', value = ''] = text.split('=');
  const on = !name.startsWith('no');
  const key = on ? name : name.slice(2);
  if (key === 'short') asked.short = on;
  if (key === 'search') asked.search = on;
  if (key === 'comments') asked.comments = on;
  if (key === 'stats') asked.stats = on;
  if (key === 'question') asked.question = on;
  if (key === 'cmd') asked.command = on;
  if (key === 'authority') asked.authority = on;
  if (key === 'additional') asked.additional = on;
  if (key === 'answer') asked.answerOnly = on;
  if (key === 'all')
    Object.assign(asked, {
      comments: on,
      stats: on,
      question: on,
      command: on,
      authority: on,
      additional: on,
    });
  if (key === 'time' || key === 'timeout') asked.timeoutMs = Number(value) * 1000;
  if (key === 'tries') asked.tries = Number(value);
  if (key === 'retry') asked.tries = Number(value) + 1;
}

/** Records as master files write them, aligned by tabs as dig does. */
function recordLine(record: DnsRecord): string {
  const name = record.name.endsWith('.') ? record.name : `${record.name}.`;
  const tabs = '\t'.repeat(Math.max(1, Math.ceil((24 - name.length) / 8)));
  return `${name}${tabs}${record.ttl}\tIN\t${record.type}\t${record.data}\n`;
}

function report(
  context: ToolContext,
  asked: Asked,
  name: string,
  answer: DnsAnswer,
  server: string,
  ms: number,
): string {
  const id = Math.floor(context.world.random.next() * 65536);
  const flags = `qr${answer.authoritative ? ' aa' : ''} rd${answer.authoritative ? '' : ' ra'}`;
  let out = '';
  if (asked.comments) {
    out += `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${answer.code}, id: ${id}\n`;
    out += `;; flags: ${flags}; QUERY: 1, ANSWER: ${answer.answers.length}, AUTHORITY: ${answer.authority.length}, ADDITIONAL: ${answer.additional.length + 1}\n`;
    if (answer.authoritative) out += ';; WARNING: recursion requested but not available\n';
    out += '\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n';
  }
  if (asked.question) {
    const full = `${withoutDot(name)}.`;
    const tabs = '\t'.repeat(Math.max(1, Math.ceil((23 - full.length) / 8)));
    out += `${asked.comments ? ';; QUESTION SECTION:\n' : ''};${full}${tabs}\tIN\t${asked.type}\n\n`;
  }
  const section = (title: string, records: readonly DnsRecord[]) => {
    if (records.length === 0) return;
    out += `${asked.comments ? `;; ${title} SECTION:\n` : ''}${records.map(recordLine).join('')}${asked.comments ? '\n' : ''}`;
  };
  section('ANSWER', answer.answers);
  if (asked.authority) section('AUTHORITY', answer.authority);
  if (asked.additional) section('ADDITIONAL', answer.additional);
  if (asked.stats) {
    const t = civilTime(context.now());
    const two = (value: number) => String(value).padStart(2, '0');
    const size =
      40 +
      name.length +
      answer.answers.reduce((sum, record) => sum + record.name.length + record.data.length, 0);
    out += `;; Query time: ${Math.round(ms)} msec\n;; SERVER: ${server}#${asked.port}(${asked.server ?? server}) (UDP)\n`;
    out += `;; WHEN: ${DAYS[t.weekday]} ${MONTHS[t.month - 1]} ${two(t.day)} ${two(t.hour)}:${two(t.minute)}:${two(t.second)} UTC ${t.year}\n`;
    out += `;; MSG SIZE  rcvd: ${size}\n\n`;
  }
  return out;
}

/** dig. */
export const dig: Tool = async (context) => {
  const asked = readArguments(context.args);
  const conf = context.world.network.resolvConf(context.machine.vantage);
  const server =
    asked.server === undefined ? conf.nameservers[0] : await serverAddress(context, asked.server);
  if (server === undefined) {
    await context.err(`dig: couldn't get address for '${asked.server ?? ''}': not found\n`);
    return 10;
  }
  const typed = asked.names[0] ?? '.';
  const candidates = asked.search && asked.type !== 'PTR' ? candidateNames(typed, conf) : [withoutDot(typed)];
  const banner = `\n; <<>> DiG ${VERSION} <<>> ${context.args.join(' ')}\n${asked.server === undefined ? '' : '; (1 server found)\n'};; global options: +cmd\n`;
  let shown = asked.command && !asked.short ? banner : '';
  for (const [index, name] of candidates.entries()) {
    let found: { answer: DnsAnswer; latencyMs: number } | undefined;
    for (let attempt = 0; attempt < asked.tries && found === undefined; attempt += 1) {
      const { outcome } = await askServer(
        context,
        server,
        { name, type: asked.type },
        asked.timeoutMs,
        asked.port,
      );
      if (outcome.kind === 'answer') found = outcome;
      else {
        const why =
          outcome.kind === 'silent'
            ? 'timed out'
            : outcome.kind === 'refused'
              ? 'connection refused'
              : 'host unreachable';
        await context.out(`;; communications error to ${server}#${asked.port}: ${why}\n`);
      }
    }
    if (found === undefined) {
      await context.out(`${shown};; no servers could be reached\n`);
      return 9;
    }
    const empty =
      found.answer.code === 'NXDOMAIN' ||
      (found.answer.code === 'NOERROR' && found.answer.answers.length === 0);
    if (empty && index < candidates.length - 1) continue;
    if (asked.short) await context.out(found.answer.answers.map((record) => `${record.data}\n`).join(''));
    else await context.out(shown + report(context, asked, name, found.answer, server, found.latencyMs));
    shown = '';
    return 0;
  }
  return 0;
};

const SENTENCES: Readonly<Record<string, string>> = {
  A: 'has address',
  AAAA: 'has IPv6 address',
  CNAME: 'is an alias for',
  PTR: 'domain name pointer',
  SRV: 'has SRV record',
  TXT: 'descriptive text',
  NS: 'name server',
  MX: 'mail is handled by',
};

/** host. */
export const host: Tool = async (context) => {
  const at = context.args.indexOf('-t');
  const type = at >= 0 ? recordType(context.args[at + 1] ?? '') : undefined;
  const [name, given] = context.args.filter(
    (word, index) => !word.startsWith('-') && (at < 0 || index !== at + 1),
  );
  if (name === undefined) {
    await context.err('Usage: host [-t type] {name} [server]\n');
    return 1;
  }
  const conf = context.world.network.resolvConf(context.machine.vantage);
  const server = given === undefined ? conf.nameservers[0] : await serverAddress(context, given);
  if (server === undefined) return 1;
  if (given !== undefined)
    await context.out(`Using domain server:\nName: ${given}\nAddress: ${server}#53\nAliases: \n\n`);
  const reverse = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  const types: readonly DnsQuery['type'][] =
    type !== undefined ? [type] : reverse ? ['PTR'] : ['A', 'AAAA', 'MX'];
  const candidates = reverse ? [reverseName(name)] : candidateNames(name, conf);
  for (const [index, candidate] of candidates.entries()) {
    let out = '';
    let code = '';
    for (const each of types) {
      const { outcome } = await askServer(context, server, { name: candidate, type: each }, 5000);
      if (outcome.kind !== 'answer') {
        const why = outcome.kind === 'silent' ? 'timed out' : 'connection refused';
        await context.out(
          `;; communications error to ${server}#53: ${why}\n;; no servers could be reached\n`,
        );
        return 1;
      }
      code = outcome.answer.code;
      if (code !== 'NOERROR') break;
      for (const record of outcome.answer.answers) {
        const line = `${withoutDot(record.name)} ${SENTENCES[record.type] ?? `has ${record.type} record`} ${record.data}\n`;
        if (!out.includes(line)) out += line;
      }
      if (out === '' && type !== undefined) out = `${candidate} has no ${type} record\n`;
    }
    if (code === 'NOERROR' && out !== '') {
      await context.out(out);
      return 0;
    }
    if (code !== 'NOERROR' && index === candidates.length - 1) {
      await context.out(`Host ${reverse ? `${candidate}.` : name} not found: 3(${code})\n`);
      return 1;
    }
  }
  return 0;
};
