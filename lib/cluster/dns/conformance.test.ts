import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DnsQuery, DnsRecord, KubeObject, Stored, View } from '../../api';
import { answer } from './answer';
import type { DnsConfig } from './corefile';

interface Suite {
  readonly suite: string;
  readonly config: {
    readonly namespacesExposed?: string | readonly string[];
    readonly pods?: DnsConfig['pods'];
    readonly ignoreEmptyService?: boolean;
    readonly localIPs?: readonly string[];
  };
  readonly fixture: {
    readonly services: Stored[];
    readonly endpointSlices: Stored[];
    readonly pods?: Stored[];
  };
  readonly cases: readonly Case[];
}
interface Case {
  readonly id: string;
  readonly qname: string;
  readonly qtype: string;
  readonly rcode: string;
  readonly answers: readonly Expected[];
  readonly authority: readonly Expected[];
  readonly additional: readonly Expected[];
}
interface Expected {
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  readonly [field: string]: string | number | boolean;
}

const path = new URL('../../../../shared/conformance/cases/coredns.json', import.meta.url).pathname;
const present = existsSync(path);
/** Zone transfers, multicluster, zonal and external zones are options that no kubeadm cluster turns on. */
const STANDARD = /^(handler|namespaces|pods-\w+|ignore-empty-service|preserve-case|apex|reverse)$/;
const all: readonly Suite[] = present ? JSON.parse(readFileSync(path, 'utf8')).suites : [];
const suites = all.filter(({ suite }) => STANDARD.test(suite));

/** The fixture says that every namespace exists but these. */
const ABSENT = ['pod-nons', 'nsnoexist'];

function viewOf({ fixture }: Suite): View {
  const tables: Record<string, readonly Stored[]> = {
    services: fixture.services,
    'endpointslices.discovery.k8s.io': fixture.endpointSlices,
    pods: fixture.pods ?? [],
  };
  const list = (resource: string, namespace: string) =>
    (tables[resource] ?? []).filter((object) => namespace === '' || object.metadata.namespace === namespace);
  return {
    revision: 1,
    get: <T extends KubeObject>(resource: string, namespace: string, name: string) => {
      if (resource === 'namespaces' && !ABSENT.includes(name))
        return { metadata: { name } } as unknown as Stored<T>;
      return list(resource, namespace).find((object) => object.metadata.name === name) as
        | Stored<T>
        | undefined;
    },
    list: <T extends KubeObject>(resource: string, namespace: string) =>
      list(resource, namespace) as readonly KubeObject[] as readonly Stored<T>[],
  };
}

function configOf({ suite, config }: Suite): DnsConfig {
  const exposed = config.namespacesExposed;
  return {
    zones: [
      'cluster.local.',
      ...(suite === 'reverse' ? ['0.10.in-addr.arpa.', '168.192.in-addr.arpa.'] : []),
    ],
    ttl: 5,
    pods: config.pods ?? 'disabled',
    namespaces: Array.isArray(exposed) ? exposed : undefined,
    ignoreEmptyService: suite === 'ignore-empty-service',
    fallthrough: [],
    hosts: [],
    forward: false,
  };
}

function presentation(record: Expected): string {
  const { type } = record;
  if (type === 'SRV') return `${record.priority} ${record.weight} ${record.port} ${record.target}`;
  if (type === 'SOA')
    return `${record.mname} ${record.rname} SERIAL ${record.refresh} ${record.retry} ${record.expire}`;
  if (type === 'TXT') return `"${record.text}"`;
  return String(record.address ?? record.target);
}

const expected = (records: readonly Expected[], ttls: boolean) =>
  records
    .map((record) => `${record.name} ${ttls ? record.ttl : ''} ${record.type} ${presentation(record)}`)
    .sort();
const actual = (records: readonly DnsRecord[], ttls: boolean) =>
  records
    .map(({ name, ttl, type, data }) => {
      const shown = type === 'SOA' ? data.replace(/ \d+ 7200/, ' SERIAL 7200').replace(/ \d+$/, '') : data;
      return `${name} ${ttls ? ttl : ''} ${type} ${shown}`;
    })
    .sort();

describe.skipIf(!present)('[D1] answers agree with upstream cases', () => {
  for (const suite of suites) {
    it.each(suite.cases.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
      const query = { name: entry.qname, type: entry.qtype } as DnsQuery;
      const localIPs = suite.config.localIPs;
      const { outcome } = answer(query, viewOf(suite), { config: configOf(suite), localIPs });
      // Upstream compares neither serials nor minimum TTLs; one case runs a server that sets no TTL.
      const ttls = suite.suite !== 'namespaces';
      expect(outcome.code).toBe(entry.rcode);
      expect(actual(outcome.answers, ttls)).toEqual(expected(entry.answers, ttls));
      expect(actual(outcome.authority, ttls)).toEqual(expected(entry.authority, ttls));
      expect(actual(outcome.additional, ttls)).toEqual(expected(entry.additional, ttls));
    });
  }
});
