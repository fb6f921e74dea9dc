import { COREDNS_COMMIT, COREDNS_GO, COREDNS_VERSION } from '../version';
import { type CoreDnsState, loadedOf } from './state';

/** What a web page of CoreDNS says. */
export interface Page {
  readonly status: number;
  readonly body: string;
  readonly log?: readonly string[];
}

const portOf = (address: string | undefined): number => Number(/:(\d+)$/.exec(address ?? '')?.[1] ?? 0);

/** Whether a port is one of those that pages are on. */
export function hasPages(state: CoreDnsState, port: number): boolean {
  return loadedOf(state).blocks.some(({ settings }) =>
    [settings.healthAddress, settings.readyAddress, settings.metricsAddress].map(portOf).includes(port),
  );
}

/** The page at a port and path: health, readiness or metrics; undefined for what is not there. */
export function pageOf(state: CoreDnsState, port: number, path: string): Page | undefined {
  for (const { settings } of loadedOf(state).blocks) {
    if (path === '/health' && portOf(settings.healthAddress) === port) return { status: 200, body: 'OK' };
    if (path === '/ready' && portOf(settings.readyAddress) === port) return readiness(state);
    if (path === '/metrics' && portOf(settings.metricsAddress) === port)
      return { status: 200, body: metricsText(state) };
  }
  return undefined;
}

function readiness({ synced }: CoreDnsState): Page {
  if (synced) return { status: 200, body: 'OK' };
  return { status: 503, body: 'kubernetes', log: ['[INFO] plugin/ready: Plugins not ready: "kubernetes"'] };
}

/** What the metrics are, by name without the leading "coredns_". */
const HELP: Readonly<Record<string, string>> = {
  cache_hits_total: 'The count of cache hits.',
  cache_misses_total:
    'The count of cache misses. Deprecated, derive misses from cache hits/requests counters.',
  cache_requests_total: 'The count of cache requests.',
  cache_served_stale_total: 'The number of requests served from stale cache entries.',
  dns_requests_total: 'Counter of DNS requests made per zone, protocol and family.',
  dns_responses_total: 'Counter of response status codes.',
};

/** Metrics in Prometheus' text form, names in alphabetical order. */
function metricsText(state: CoreDnsState): string {
  const build = `coredns_build_info{goversion="${COREDNS_GO}",revision="${COREDNS_COMMIT}",version="${COREDNS_VERSION}"} 1`;
  const families: [name: string, text: string][] = [
    family(
      'build_info',
      'gauge',
      "A metric with a constant '1' value labeled by version, revision, and goversion from which CoreDNS was built.",
      [build],
    ),
    family('panics_total', 'counter', 'A metrics that counts the number of panics.', [
      'coredns_panics_total 0',
    ]),
    family(
      'plugin_enabled',
      'gauge',
      'A metric that indicates whether a plugin is enabled on per server and zone basis.',
      enabledLines(state),
    ),
    family('reload_failed_total', 'counter', 'Counter of the number of failed reload attempts.', [
      `coredns_reload_failed_total ${state.failedReloads}`,
    ]),
  ];
  for (const [name, help] of Object.entries(HELP)) {
    const lines = Object.entries(state.counters)
      .filter(([key]) => key === name || key.startsWith(`${name}{`))
      .map(([key, value]) => `coredns_${key} ${value}`)
      .sort();
    if (lines.length > 0) families.push(family(name, 'counter', help, lines));
  }
  return families
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, text]) => text)
    .join('');
}

function family(
  name: string,
  type: string,
  help: string,
  lines: readonly string[],
): [name: string, text: string] {
  const all = [`# HELP coredns_${name} ${help}`, `# TYPE coredns_${name} ${type}`, ...lines];
  return [name, `${all.join('\n')}\n`];
}

function enabledLines(state: CoreDnsState): readonly string[] {
  return loadedOf(state)
    .blocks.flatMap(({ addresses, chain }) =>
      addresses.flatMap(({ zone, port }) =>
        chain.map(
          ({ name }) =>
            `coredns_plugin_enabled{name="${name}",server="dns://:${port}",view="",zone="${zone}"} 1`,
        ),
      ),
    )
    .sort();
}
