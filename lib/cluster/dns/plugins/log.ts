import { type DnsQuery, dnsAnswerBytes, dnsAnswerLimit, dnsQueryBytes } from '../../../api';
import { CorefileError, type Dispenser } from '../corefile/dispenser';
import { canonicalName, fullName, isUnder } from '../names';
import type { DnsResult, DnsWorld } from '../plugin';
import type { Directive } from '../setup';
import { type ResponseClass, responseClass, responseType } from './response-type';

/** Which queries are logged, and how. */
interface Rule {
  readonly scope: string;
  readonly format: string;
  /** All when empty. */
  readonly classes: readonly string[];
}

const COMMON =
  '{remote}:{port} - {>id} "{type} {class} {name} {proto} {size} {>do} {>bufsize}" {rcode} {>rflags} {rsize} {duration}';
const COMBINED = `${COMMON} "{>opcode}"`;

/** The `log` plugin: a line for each query. */
export const log: Directive = {
  name: 'log',
  setUp({ words }) {
    const rules = readRules(words);
    return {
      name: 'log',
      answer(query, world, next) {
        const rule = rules.find(({ scope }) => isUnder(query.name, scope));
        const traced = next(query);
        if (rule !== undefined && isWanted(rule, query, traced.outcome))
          world.log(`[INFO] ${logLine(rule.format, query, traced.outcome, world)}`);
        return traced;
      },
    };
  },
};

function isWanted({ classes }: Rule, query: DnsQuery, result: DnsResult): boolean {
  if (classes.length === 0 || classes.includes('all')) return true;
  const own: ResponseClass = result.unwritten ? 'error' : responseClass(responseType(query, result));
  return classes.includes(own);
}

/** From a packet's arrival to its answer when nothing has to be waited for: CoreDNS' own work, in ns. */
const WORK_MIN_NS = 60_000;
const WORK_MAX_NS = 420_000;

/** Fills in a format; the placeholders are those of CoreDNS' replacer. */
function logLine(format: string, query: DnsQuery, result: DnsResult, world: DnsWorld): string {
  const { client, protocol } = world;
  const written = !result.unwritten && !result.silent;
  const values: Readonly<Record<string, () => string | number>> = {
    '{remote}': () => bracketed(client.ip),
    '{port}': () => client.port,
    '{local}': () => bracketed(world.localIPs[0] ?? ''),
    '{type}': () => query.type,
    '{class}': () => query.class ?? 'IN',
    '{name}': () => canonicalName(query.name),
    '{proto}': () => protocol.toLowerCase(),
    '{size}': () => dnsQueryBytes(query),
    '{>id}': () => client.id,
    '{>opcode}': () => 0,
    '{>do}': () => String(query.edns?.dnssecOk ?? false),
    '{>bufsize}': () => dnsAnswerLimit(query, protocol),
    '{rcode}': () => (written ? result.code : '-'),
    '{>rflags}': () => (written ? flagsOf(query, result) : '-'),
    '{rsize}': () => (written ? dnsAnswerBytes(query, { ...result, compressed: false }) : 0),
    '{duration}': () => {
      const work = WORK_MIN_NS + Math.floor(world.random.next() * (WORK_MAX_NS - WORK_MIN_NS));
      return `${plainNumber((world.spent() * 1e6 + work) / 1e9)}s`;
    },
  };
  return format.replace(/\{[^{}]*\}/g, (label) => {
    const value = values[label];
    if (value !== undefined) return String(value());
    // Metadata that nobody sets.
    return label.startsWith('{/') ? '-' : label;
  });
}

/** Seconds as Go prints them: whole nanoseconds, never with an exponent. */
const plainNumber = (seconds: number): string => seconds.toFixed(9).replace(/\.?0+$/, '');

const bracketed = (ip: string): string => (ip.includes(':') ? `[${ip}]` : ip);

function flagsOf(query: DnsQuery, result: DnsResult): string {
  const flags = [
    'qr',
    result.authoritative ? 'aa' : '',
    result.truncated ? 'tc' : '',
    (query.recursionDesired ?? true) ? 'rd' : '',
    result.recursionAvailable ? 'ra' : '',
    query.checkingDisabled ? 'cd' : '',
  ];
  return flags.filter((flag) => flag !== '').join(',');
}

const CLASSES = ['all', 'success', 'denial', 'error'];

function readRules(words: Dispenser): readonly Rule[] {
  const rules: Rule[] = [];
  while (words.next()) {
    const args = [...words.remainingArgs()];
    const last = args.length > 1 ? (args.at(-1) ?? '') : '';
    const format = last.includes('{')
      ? last.replaceAll('{common}', COMMON).replaceAll('{combined}', COMBINED)
      : COMMON;
    if (last.includes('{')) args.pop();
    const classes = readClasses(words);
    for (const scope of args.length === 0 ? ['.'] : args)
      rules.push({ scope: fullName(scope), format, classes });
  }
  return rules;
}

function readClasses(words: Dispenser): readonly string[] {
  const classes: string[] = [];
  while (words.nextBlock()) {
    if (words.val() !== 'class') throw words.argumentError();
    const args = words.remainingArgs();
    if (args.length === 0) throw words.argumentError();
    for (const each of args) {
      if (!CLASSES.includes(each)) throw new CorefileError(`invalid Class: ${each}`);
      classes.push(each);
    }
  }
  return classes;
}
