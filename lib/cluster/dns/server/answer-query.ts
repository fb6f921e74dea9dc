import {
  type DnsAnswer,
  type DnsEdns,
  DnsFormatError,
  type DnsQuery,
  fitDnsAnswer,
  isDomainName,
  type Traced,
} from '../../../api';
import { canonicalName } from '../names';
import { type DnsResult, type DnsWorld, dnsHop, emptyAnswer, unwritten } from '../plugin';
import type { Loaded, LoadedBlock } from './load';

/** The world as a server makes it: `lookup` is the server's own. */
export type Surroundings = Omit<DnsWorld, 'lookup'>;

/** How often a server may ask itself for one question. */
const MAX_LOOKUPS = 8;
/** Options that CoreDNS repeats to the client: NSID, EXPIRE, COOKIE, TCP keep-alive, padding. */
const REPEATED_OPTIONS = [3, 9, 10, 11, 12];
/** Plugins that answer questions of other classes than IN. */
const ANY_CLASS = ['chaos', 'forward'];

/** What a server says on one of its ports, made to fit the client. */
export function answerQuery(
  loaded: Loaded,
  port: number,
  query: DnsQuery,
  around: Surroundings,
): Traced<DnsResult> {
  if (!isDomainName(query.name)) return bare('FORMERR', 'the question is for no domain name');
  try {
    const { outcome, trace } = answerAt(loaded, port, query, around, 0);
    if (outcome.silent) return { outcome, trace };
    const told = { ...outcome, edns: ednsFor(query, outcome) };
    return { outcome: { ...told, ...fitDnsAnswer(query, told, around.protocol) }, trace };
  } catch (error) {
    // A record that cannot be written, as templates and rewrites can make them.
    if (!(error instanceof DnsFormatError)) throw error;
    const edns = ednsFor(query, emptyAnswer('SERVFAIL'));
    const { outcome, trace } = bare('SERVFAIL', error.message);
    return { outcome: { ...outcome, edns }, trace };
  }
}

/** Chooses the server block and runs its chain (`Server.ServeDNS`). */
function answerAt(
  loaded: Loaded,
  port: number,
  query: DnsQuery,
  around: Surroundings,
  depth: number,
): Traced<DnsResult> {
  const blocks = loaded.blocks.filter(({ addresses }) =>
    addresses.some((address) => address.port === String(port) && address.transport === 'dns'),
  );
  const anyClass = blocks.some(({ chain }) => chain.some(({ name }) => ANY_CLASS.includes(name)));
  if ((query.class ?? 'IN') !== 'IN' && !anyClass)
    return bare('REFUSED', `class ${query.class} is not served`);
  if ((query.edns?.version ?? 0) !== 0) return bare('BADVERS', 'the version of EDNS is not known');
  const block = blockFor(blocks, port, query.name);
  if (block === undefined || block.chain.length === 0)
    return bare('REFUSED', `no server block is for ${canonicalName(query.name)}`);
  const world: DnsWorld = {
    ...around,
    lookup: (other) =>
      depth >= MAX_LOOKUPS
        ? bare('SERVFAIL', 'the server asks itself in circles')
        : written(answerAt(loaded, port, other, around, depth + 1)),
  };
  return runChain(block, 0, query, world);
}

function bare(code: DnsAnswer['code'], why: string): Traced<DnsResult> {
  return { outcome: unwritten(code), trace: [dnsHop('CoreDNS', `${code}: ${why}`)] };
}

const written = ({ outcome, trace }: Traced<DnsResult>): Traced<DnsAnswer> => ({
  outcome: outcome.unwritten ? emptyAnswer(outcome.code) : outcome,
  trace,
});

/** The block with the longest zone that a name is under. */
function blockFor(blocks: readonly LoadedBlock[], port: number, name: string): LoadedBlock | undefined {
  let rest = canonicalName(name);
  for (;;) {
    const zone = rest === '' ? '.' : rest;
    const found = blocks.find(({ addresses }) =>
      addresses.some((address) => address.zone.toLowerCase() === zone && address.port === String(port)),
    );
    if (found !== undefined || zone === '.') return found;
    rest = rest.slice(rest.indexOf('.') + 1);
  }
}

function runChain(block: LoadedBlock, from: number, query: DnsQuery, world: DnsWorld): Traced<DnsResult> {
  const plugin = block.chain[from];
  if (plugin !== undefined)
    return plugin.answer(query, world, (other) => runChain(block, from + 1, other, world));
  const last = block.chain[from - 1]?.name ?? '';
  const hop = dnsHop(`${last} is the last plugin`, `nobody answers ${canonicalName(query.name)}: SERVFAIL`);
  return { outcome: unwritten('SERVFAIL', `plugin/${last}: no next plugin found`), trace: [hop] };
}

/** The EDNS part goes back when the client sent one, with its own size, and the options that are known. */
function ednsFor({ edns }: DnsQuery, answer: DnsAnswer): DnsEdns | undefined {
  if (answer.code === 'BADVERS') return { size: 0 };
  if (edns === undefined) return undefined;
  const options =
    answer.edns?.options ?? (edns.options ?? []).filter(({ code }) => REPEATED_OPTIONS.includes(code));
  return { size: edns.size, dnssecOk: edns.dnssecOk ?? false, options };
}
