import { sha512Hex } from '../../../base';
import { CorefileError, createDispenser } from '../corefile/dispenser';
import type { Token } from '../corefile/lexer';
import { type ParseSources, parseCorefile, type ServerBlock } from '../corefile/parse-corefile';
import { type ZoneAddress, zoneAddresses } from '../corefile/zones';
import { DIRECTIVE_NAMES, DIRECTIVES } from '../directives';
import type { DnsPlugin } from '../plugin';
import type { BlockDraft } from '../setup';

/** One server block, ready to answer. */
export interface LoadedBlock {
  readonly addresses: readonly ZoneAddress[];
  readonly chain: readonly DnsPlugin[];
  readonly settings: Readonly<BlockDraft>;
}

/** A Corefile that CoreDNS can run. */
export interface Loaded {
  readonly blocks: readonly LoadedBlock[];
  /** What the reload plugin knows a configuration by. */
  readonly hash: string;
  readonly warnings: readonly string[];
}

/** Loads a Corefile: parses it and sets up its directives, all blocks' first directive first. */
export function loadCorefile(
  filename: string,
  text: string,
  sources: Omit<ParseSources, 'directives' | 'warn'>,
): Loaded | { readonly error: string; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const warn = (line: string) => void warnings.push(line);
  try {
    const parsed = parseCorefile(filename, text, { ...sources, warn, directives: DIRECTIVE_NAMES });
    const drafts = parsed.map((block, index) => draftOf(block, index));
    for (const { name, setUp } of DIRECTIVES) {
      for (const draft of drafts) {
        const tokens = draft.block.directives[name];
        if (tokens === undefined) continue;
        const plugin = within(name, () =>
          setUp({
            words: createDispenser(filename, tokens),
            block: draft.settings,
            blockKeys: draft.keys,
            memoryKey: `${draft.index}/${name}`,
            place: `${filename.replace(/^.*\//, '')}:${tokens[0]?.line ?? 0}`,
            readFile: (path) => sources.readFile(path),
            warn,
          }),
        );
        if (plugin !== undefined) draft.chain.push(plugin);
      }
    }
    checkOverlaps(drafts);
    return { blocks: drafts, hash: corefileHash(parsed), warnings };
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    return { error: error.message, warnings };
  }
}

interface Draft extends LoadedBlock {
  readonly block: ServerBlock;
  readonly index: number;
  readonly keys: readonly string[];
  readonly settings: BlockDraft;
  readonly chain: DnsPlugin[];
}

function draftOf(block: ServerBlock, index: number): Draft {
  const addresses = inspect(() => block.keys.flatMap(zoneAddresses));
  const keys = addresses.map((address) => shown(address));
  return { block, index, addresses, keys, chain: [], settings: { root: '', debug: false, bind: [] } };
}

function inspect<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    throw new CorefileError(`error inspecting server blocks: ${error.message}`);
  }
}

/** Errors of a plugin's set-up carry its name. */
function within<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    throw new CorefileError(`plugin/${name}: ${error.message}`);
  }
}

const shown = ({ transport, zone, port }: ZoneAddress, address = ''): string =>
  `${transport}://${zone}:${port}${address === '' ? '' : ` on ${address}`}`;

/** Two blocks may not serve one zone on one port, except on different addresses. */
function checkOverlaps(drafts: readonly Draft[]): void {
  const known = new Set<string>();
  const everywhere = new Map<string, string>();
  for (const { addresses, settings } of drafts) {
    for (const address of addresses) {
      for (const host of settings.bind.length === 0 ? [''] : settings.bind) {
        const key = shown(address, host);
        const unbound = shown(address);
        if (known.has(key)) throw new CorefileError(`cannot serve ${key} - it is already defined`);
        const other = host === '' ? everywhere.get(unbound) : known.has(unbound) ? unbound : undefined;
        if (other !== undefined)
          throw new CorefileError(`cannot serve ${key} - zone overlap listener capacity with ${other}`);
        known.add(key);
        everywhere.set(unbound, key);
      }
    }
  }
}

/** SHA-512 over the parsed file as Go writes it in JSON; throws `CorefileError` when it cannot be parsed. */
export function hashCorefile(filename: string, text: string, sources: ParseSources): string {
  return corefileHash(parseCorefile(filename, text, sources));
}

function corefileHash(blocks: readonly ServerBlock[]): string {
  const word = ({ file, line, text }: Token) => ({ File: file, Line: line, Text: text });
  const json = blocks.map(({ keys, directives }) => ({
    Keys: keys,
    Tokens: Object.fromEntries(
      Object.keys(directives)
        .sort()
        .map((name) => [name, (directives[name] ?? []).map(word)]),
    ),
  }));
  const escaped = JSON.stringify(json).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return remembered(escaped);
}

/** Every half minute the same files are hashed again, so the last few hashes are kept. */
const MOST_HASHES = 32;
const hashes = new Map<string, string>();

function remembered(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  if (hashes.size >= MOST_HASHES) hashes.clear();
  const hash = sha512Hex(text);
  hashes.set(text, hash);
  return hash;
}
