import { dnsCodeNumber, type Json } from '../../../api';
import { formatDuration } from '../../../base';
import { CorefileError, type Dispenser } from '../corefile/dispenser';
import { compileGoPattern, readDuration } from '../corefile/go-values';
import { canonicalName } from '../names';
import type { DnsWorld } from '../plugin';
import { type Directive, ONLY_ONCE } from '../setup';

/** Errors that are counted instead of logged one by one. */
interface Consolidated {
  readonly pattern: RegExp;
  readonly source: string;
  readonly periodMs: number;
  readonly level: string;
}

/** The `errors` plugin: logs what kept others from answering. */
export const errors: Directive = {
  name: 'errors',
  setUp({ words, memoryKey }) {
    const patterns = readPatterns(words);
    return {
      name: 'errors',
      answer(query, world, next) {
        const traced = next(query);
        flush(world, memoryKey, patterns);
        const { code, unwritten, error } = traced.outcome;
        if (error === undefined) return traced;
        const counted = patterns.findIndex(({ pattern }) => pattern.test(error));
        if (counted >= 0) count(world, memoryKey, counted, patterns[counted]);
        else {
          const name = canonicalName(query.name);
          const shown = unwritten ? dnsCodeNumber(code) : 0;
          world.log(`[ERROR] plugin/errors: ${shown} ${name} ${query.type}: ${error}`);
        }
        return traced;
      },
    };
  },
};

interface Tally {
  readonly count: number;
  readonly until: number;
}

function tallies(world: DnsWorld, key: string): Readonly<Record<string, Tally>> {
  return (world.memory.get(key) ?? {}) as unknown as Readonly<Record<string, Tally>>;
}

function count(world: DnsWorld, key: string, index: number, pattern: Consolidated | undefined): void {
  const known = tallies(world, key);
  const tally = known[index] ?? { count: 0, until: world.now + (pattern?.periodMs ?? 0) };
  const next = { ...known, [index]: { ...tally, count: tally.count + 1 } };
  world.memory.set(key, next as unknown as Json);
}

/** Tells what was counted, once its period is over. */
function flush(world: DnsWorld, key: string, patterns: readonly Consolidated[]): void {
  const known = tallies(world, key);
  for (const [index, { source, periodMs, level }] of patterns.entries()) {
    const tally = known[index];
    if (tally === undefined || tally.until > world.now) continue;
    const period = formatDuration(periodMs);
    world.log(`[${level}] plugin/errors: ${tally.count} errors like '${source}' occurred in last ${period}`);
    const { [index]: _, ...others } = tallies(world, key);
    world.memory.set(key, others as unknown as Json);
  }
}

function readPatterns(words: Dispenser): readonly Consolidated[] {
  const patterns: Consolidated[] = [];
  let seen = 0;
  while (words.next()) {
    if (seen > 0) throw new CorefileError(ONLY_ONCE);
    seen += 1;
    const args = words.remainingArgs();
    if (args.length > 1) throw words.argumentError();
    if (args[0] !== undefined && args[0] !== 'stdout') throw words.error(`invalid log file: ${args[0]}`);
    while (words.nextBlock()) {
      const name = words.val();
      if (name === 'consolidate') patterns.push(readConsolidate(words));
      else if (name !== 'stacktrace') throw words.syntaxError(`Unknown field ${name}`);
    }
  }
  return patterns;
}

const LEVELS = ['warning', 'error', 'info', 'debug'];

function readConsolidate(words: Dispenser): Consolidated {
  const args = words.remainingArgs();
  if (args.length < 2 || args.length > 3) throw words.argumentError();
  const [period = '', source = '', level = 'error'] = args;
  const periodMs = readDuration(period);
  const pattern = compileGoPattern(source);
  if (pattern === undefined) throw words.error(`error parsing regexp: ${source}`);
  if (!LEVELS.includes(level)) throw words.error(`unknown log level argument in consolidate: ${level}`);
  return { pattern, source, periodMs, level: level.toUpperCase() };
}
