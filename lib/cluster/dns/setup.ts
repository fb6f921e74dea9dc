import type { Dispenser } from './corefile/dispenser';
import type { DnsPlugin } from './plugin';

/** What the directives of one server block ask for beside answering; filled in while the Corefile is loaded. */
export interface BlockDraft {
  /** Folder that relative paths begin at. */
  root: string;
  debug: boolean;
  /** Addresses to listen on; all when empty. */
  bind: readonly string[];
  healthAddress?: string | undefined;
  lameduckMs?: number | undefined;
  readyAddress?: string | undefined;
  metricsAddress?: string | undefined;
  reload?: { readonly intervalMs: number; readonly jitterMs: number } | undefined;
  /** The zone that the loop plugin's test query is made in. */
  loopZone?: string | undefined;
}

/** What a directive's set-up works with: its words, and the block and machine that it stands in. */
export interface SetUp {
  readonly words: Dispenser;
  readonly block: BlockDraft;
  /** The block's zones with their ports: "dns://.:53". */
  readonly blockKeys: readonly string[];
  /** Where the plugin's memory is kept. */
  readonly memoryKey: string;
  /** "/etc/coredns/Corefile:7", for traces. */
  readonly place: string;
  readFile(path: string): string | undefined;
  warn(line: string): void;
}

/** A directive of the Corefile: reads its words; throws `CorefileError` for what CoreDNS would not take. */
export interface Directive {
  readonly name: string;
  /** The plugin for the chain, when the directive has a part in answering. */
  setUp(given: SetUp): DnsPlugin | undefined;
}

/** What a plugin that stands twice in a block is told. */
export const ONLY_ONCE = 'this plugin can only be used once per Server Block';
