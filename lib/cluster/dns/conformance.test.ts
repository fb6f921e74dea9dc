import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DnsQuery, DnsRecord, Stored, View } from '../../api';
import { createRandom } from '../../base';
import { queryOf, viewOver } from './dns-machine.test-support';
import { answerQuery } from './server/answer-query';
import { loadCorefile } from './server/load';
import { openMemory } from './server/state';

interface Suite {
  readonly suite: string;
  readonly config: {
    readonly namespacesExposed?: string | readonly string[];
    readonly pods?: string;
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
  const objects = Object.entries(tables).flatMap(([kind, each]) =>
    each.map((object) => ({ ...object, kind }) as Stored),
  );
  const view = viewOver(objects);
  return {
    ...view,
    get: (resource, namespace, name) =>
      resource === 'namespaces' && !ABSENT.includes(name)
        ? ({ metadata: { name } } as never)
        : view.get(resource, namespace, name),
  };
}

/** The suite's configuration as a Corefile says it. */
function corefileOf({ suite, config }: Suite): string {
  const exposed = Array.isArray(config.namespacesExposed) ? config.namespacesExposed : [];
  const zones =
    suite === 'reverse' ? 'cluster.local 0.10.in-addr.arpa 168.192.in-addr.arpa' : 'cluster.local';
  return `.:53 {
    kubernetes ${zones} {
      pods ${config.pods ?? 'disabled'}
      ${exposed.length > 0 ? `namespaces ${exposed.join(' ')}` : ''}
      ${suite === 'ignore-empty-service' ? 'ignore empty_service' : ''}
    }
  }`;
}

function ask(suite: Suite, query: DnsQuery) {
  const loaded = loadCorefile('Corefile', corefileOf(suite), {
    readFile: () => undefined,
    listFiles: () => [],
    env: {},
  });
  if ('error' in loaded) throw new Error(loaded.error);
  return answerQuery(loaded, 53, query, {
    view: viewOf(suite),
    now: 1000,
    random: createRandom(1),
    client: { ip: '10.240.0.1', port: 40_212, id: 1 },
    protocol: 'TCP',
    localIPs: suite.config.localIPs ?? [],
    hostname: 'coredns',
    synced: true,
    memory: openMemory({}),
    readFile: () => undefined,
    exchange: () => ({ outcome: { kind: 'dropped' }, trace: [] }),
    log: () => undefined,
    wait: () => undefined,
    spent: () => 0,
    count: () => undefined,
  }).outcome;
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
      const told = type === 'SOA' ? data.replace(/ \d+ 7200/, ' SERIAL 7200').replace(/ \d+$/, '') : data;
      return `${name} ${ttls ? ttl : ''} ${type} ${told}`;
    })
    .sort();

describe.skipIf(!present)('[D1] answers agree with upstream cases', () => {
  for (const suite of suites) {
    it.each(suite.cases.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
      const answer = ask(suite, queryOf(`${entry.qname} ${entry.qtype ?? 'A'}`));
      // Upstream compares neither serials nor minimum TTLs; one case runs a server that sets no TTL.
      const ttls = suite.suite !== 'namespaces';
      expect(answer.code).toBe(entry.rcode);
      expect(actual(answer.answers, ttls)).toEqual(expected(entry.answers, ttls));
      expect(actual(answer.authority, ttls)).toEqual(expected(entry.authority, ttls));
      expect(actual(answer.additional, ttls)).toEqual(expected(entry.additional, ttls));
    });
  }
});
