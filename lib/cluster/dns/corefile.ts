import { canonicalName } from './names';

/** What of a Corefile decides answers. */
export interface DnsConfig {
  readonly zones: readonly string[];
  readonly ttl: number;
  readonly pods: 'disabled' | 'insecure' | 'verified';
  /** Namespaces that are served; all when undefined. */
  readonly namespaces?: readonly string[] | undefined;
  readonly ignoreEmptyService: boolean;
  /** Zones whose unknown names go on to the next plugin. */
  readonly fallthrough: readonly string[];
  /** Lines of the `hosts` plugin. */
  readonly hosts: readonly { readonly ip: string; readonly names: readonly string[] }[];
  /** Whether unknown zones are forwarded to the node's resolver. */
  readonly forward: boolean;
}

/** The Corefile that kubeadm writes. */
export const KUBEADM_COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30 {
       disable success cluster.local
       disable denial cluster.local
    }
    loop
    reload
    loadbalance
}
`;

/** CoreDNS' own default when the kubernetes plugin says nothing of a TTL. */
const DEFAULT_TTL = 5;

interface Line {
  readonly words: readonly string[];
  readonly block: readonly Line[];
}

function parseLines(lines: string[]): readonly Line[] {
  const parsed: Line[] = [];
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words[0] === '}') break;
    if (words.at(-1) === '{') parsed.push({ words: words.slice(0, -1), block: parseLines(lines) });
    else if (words[0] !== '') parsed.push({ words, block: [] });
  }
  return parsed;
}

/** Parsed Corefiles by their text: a pure function's memory, the same for every cluster. */
const parsedFiles = new Map<string, DnsConfig>();
/** Corefiles remembered before the memory is emptied. */
const MAX_FILES = 100;

/** Reads a Corefile's first server block. */
export function readCorefile(text: string): DnsConfig {
  const known = parsedFiles.get(text);
  if (known !== undefined) return known;
  if (parsedFiles.size >= MAX_FILES) parsedFiles.clear();
  const config = toConfig(parseLines(text.split('\n'))[0]?.block ?? []);
  parsedFiles.set(text, config);
  return config;
}

function toConfig(plugins: readonly Line[]): DnsConfig {
  const kubernetes = plugins.find(({ words }) => words[0] === 'kubernetes');
  const setting = (name: string) => kubernetes?.block.find(({ words }) => words[0] === name)?.words.slice(1);
  const pods = setting('pods')?.[0];
  const fallthrough = setting('fallthrough');
  const zones = (kubernetes?.words.slice(1) ?? []).map(canonicalName);
  return {
    zones,
    ttl: Number(setting('ttl')?.[0] ?? DEFAULT_TTL),
    pods: pods === 'insecure' || pods === 'verified' ? pods : 'disabled',
    namespaces: setting('namespaces'),
    ignoreEmptyService: setting('ignore')?.[0] === 'empty_service',
    fallthrough: fallthrough?.length === 0 ? zones : (fallthrough ?? []).map(canonicalName),
    hosts: (plugins.find(({ words }) => words[0] === 'hosts')?.block ?? [])
      .filter(({ words }) => /^[\d.:a-f]+$/.test(words[0] ?? ''))
      .map(({ words }) => ({ ip: words[0] ?? '', names: words.slice(1).map(canonicalName) })),
    forward: plugins.some(({ words }) => words[0] === 'forward'),
  };
}
