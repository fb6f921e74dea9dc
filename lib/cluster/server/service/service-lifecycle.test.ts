import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { KubeObject, Service, StatusError } from '../../../api';
import { kinds } from '../../../api/kinds';
import { createRandom } from '../../../base';
import { createStore } from '../../store';
import { APISERVER, createApiServer, type ServerApi } from '../index';
import { parseIP } from './ip-address';

const FILE = new URL('../../../../../shared/conformance/cases/service-lifecycle.json', import.meta.url);
const RANGES: Readonly<Record<string, string>> = { IPv4: '10.0.0.0/16', IPv6: '2000::/108' };
const services = { group: '', version: 'v1', resource: 'services' };

interface Expectation {
  readonly service: Service;
  readonly expectError?: boolean;
  readonly expectClusterIPs?: boolean;
  readonly expectStackDowngrade?: boolean;
  readonly expectHeadless?: boolean;
  readonly expectNodePorts?: boolean;
  readonly expectHealthCheckNodePort?: boolean;
}
interface LifeCase {
  readonly id: string;
  readonly clusterFamilies: readonly string[];
  readonly notThroughAPI?: string;
  readonly create: Expectation;
  readonly update?: Expectation;
}
interface CreateCase extends Expectation {
  readonly id: string;
  readonly clusterFamilies?: readonly string[];
  readonly group?: string;
  readonly notThroughAPI?: string;
  readonly expectPolicy?: string;
  readonly expectFamilies?: readonly string[];
  readonly expect?: readonly string[];
  readonly before?: Service;
  readonly update?: Service;
  readonly expectSameClusterIPs?: boolean;
  readonly expectSameNodePort?: boolean;
  readonly expectSameHCNP?: boolean;
}
interface Cases {
  readonly createUpdateDelete: readonly LifeCase[];
  readonly create: Readonly<Record<string, { readonly cases: readonly CreateCase[] }>>;
}

const found = existsSync(FILE);
const cases: Cases = found ? JSON.parse(readFileSync(FILE, 'utf8')) : { createUpdateDelete: [], create: {} };
const group = (name: string): readonly CreateCase[] =>
  (cases.create[name]?.cases ?? []).filter((each) => !each.notThroughAPI);

function newApi(families: readonly string[]): ServerApi {
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock: { now: () => 1_790_000_000_000 },
    random: createRandom(3),
    network: { serviceCIDR: families.map((each) => RANGES[each]).join(), nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
  api.create({ ...services, resource: 'namespaces' }, '', namespace);
  return api;
}

const familyOf = (ip: string) => parseIP(ip)?.family;

function attempt(work: () => { readonly object: KubeObject }): Service | StatusError {
  try {
    return work().object as Service;
  } catch (error) {
    return error as StatusError;
  }
}

const isService = (result: Service | StatusError): result is Service => 'spec' in result;

function ok(result: Service | StatusError): Service {
  if (!isService(result)) throw new Error(`refused: ${result.message}`);
  return result;
}

/** Whether another Service could take an address or a port now. */
function isFree(api: ServerApi, spec: object): boolean {
  const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'probe' }, spec };
  const taken = isService(attempt(() => api.create(services, 'default', body as KubeObject)));
  if (taken) api.delete(services, 'default', 'probe');
  return taken;
}

const heldBy = (service: Service | undefined) => ({
  ips: (service?.spec?.clusterIPs ?? []).filter((ip) => ip !== 'None'),
  ports: [
    ...(service?.spec?.ports ?? []).map((port) => port.nodePort ?? 0),
    service?.spec?.healthCheckNodePort ?? 0,
  ].filter((port) => port > 0),
});

function checkHeld(api: ServerApi, current: Service | undefined, previous?: Service): void {
  const [now, before] = [heldBy(current), heldBy(previous)];
  const ipFree = (ip: string) =>
    isFree(api, { clusterIP: ip, ipFamilies: [familyOf(ip)], ports: [{ port: 1 }] });
  const portFree = (nodePort: number) => isFree(api, { type: 'NodePort', ports: [{ port: 1, nodePort }] });
  expect(now.ips.filter(ipFree)).toEqual([]);
  expect(now.ports.filter(portFree)).toEqual([]);
  expect(before.ips.filter((ip) => !now.ips.includes(ip) && !ipFree(ip))).toEqual([]);
  expect(before.ports.filter((port) => !now.ports.includes(port) && !portFree(port))).toEqual([]);
}

function checkStep(step: Expectation, got: Service): void {
  const {
    clusterIP = '',
    clusterIPs = [],
    ipFamilies = [],
    ports = [],
    healthCheckNodePort = 0,
  } = got.spec ?? {};
  if (step.expectHeadless) expect([clusterIP, clusterIPs]).toEqual(['None', ['None']]);
  else if (step.expectClusterIPs) {
    expect(clusterIP).toBe(clusterIPs[0]);
    expect(clusterIPs.map(familyOf)).toEqual(ipFamilies);
    const sent = step.service.spec?.clusterIPs ?? [];
    const kept = step.expectStackDowngrade ? sent.slice(0, 1) : sent;
    expect(clusterIPs.slice(0, kept.length)).toEqual(kept);
    if (step.expectStackDowngrade) expect(clusterIPs.length).toBe(1);
  } else expect([clusterIP, clusterIPs]).toEqual(['', []]);
  const nodePorts = ports.map((port) => (port.nodePort ?? 0) > 0);
  expect(nodePorts).toEqual(ports.map(() => step.expectNodePorts ?? false));
  expect(healthCheckNodePort > 0).toBe(step.expectHealthCheckNodePort ?? false);
}

describe.skipIf(!found)('[AS8] the life of a Service, as upstream tests it', () => {
  it.each(
    cases.createUpdateDelete.filter((each) => !each.notThroughAPI).map((each) => [each.id, each] as const),
  )('%s', (_id, { clusterFamilies, create, update }) => {
    const api = newApi(clusterFamilies);
    const made = attempt(() => api.create(services, 'default', create.service));
    expect(isService(made), isService(made) ? '' : made.message).toBe(!create.expectError);
    if (!isService(made)) return;
    checkStep(create, made);
    checkHeld(api, made);
    let current = made;
    if (update) {
      const metadata = { ...update.service.metadata, resourceVersion: made.metadata.resourceVersion ?? '' };
      const result = attempt(() => api.update(services, 'default', { ...update.service, metadata }));
      expect(isService(result), isService(result) ? '' : result.message).toBe(!update.expectError);
      if (isService(result)) {
        checkStep(update, result);
        checkHeld(api, result, made);
        current = result;
      } else checkHeld(api, made);
    }
    api.delete(services, 'default', current.metadata.name ?? '');
    checkHeld(api, undefined, current);
  });
});

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'singlestack:v4': ['IPv4'],
  'singlestack:v6': ['IPv6'],
  'dualstack:v4v6': ['IPv4', 'IPv6'],
  'dualstack:v6v4': ['IPv6', 'IPv4'],
};

const familiesOf = (each: CreateCase): readonly string[] =>
  each.clusterFamilies ?? FAMILIES[each.id.split('/')[1] ?? ''] ?? ['IPv4', 'IPv6'];

describe.skipIf(!found)('[AS8] creating Services, as upstream tests it', () => {
  const rows = [
    'initIPFields',
    'ignoresIPsForExternalName',
    'initClusterIPsFromClusterIP',
    'invalidClusterIPInputs',
  ];
  it.each(rows.flatMap((name) => group(name).map((each) => [each.id, each] as const)))('%s', (id, each) => {
    const result = attempt(() => newApi(familiesOf(each)).create(services, 'default', each.service));
    const refused = each.expectError || id.startsWith('invalidClusterIPInputs');
    expect(isService(result), isService(result) ? '' : result.message).toBe(!refused);
    if (!isService(result)) {
      for (const text of each.expect ?? []) expect(result.message).toContain(text);
      return;
    }
    if (each.expectPolicy) expect(result.spec?.ipFamilyPolicy).toBe(each.expectPolicy);
    if (each.expectFamilies) expect(result.spec?.ipFamilies).toEqual(each.expectFamilies);
    if (each.expectHeadless) expect(result.spec?.clusterIPs).toEqual(['None']);
    for (const [index, ip] of (each.service.spec?.clusterIPs ?? []).entries()) {
      if (id.startsWith('initIPFields')) expect(result.spec?.clusterIPs?.[index]).toBe(ip);
    }
  });

  it.each(group('patchAllocatedValues').map((each) => [each.id, each] as const))('%s', (_id, each) => {
    const api = newApi(['IPv4', 'IPv6']);
    const { before, update } = each;
    if (!before || !update) throw new Error('a case without its two Services');
    const spec = {
      ...before.spec,
      ...((before.spec?.clusterIPs?.length ?? 0) > 1 ? { ipFamilyPolicy: 'RequireDualStack' } : {}),
    };
    const made = ok(attempt(() => api.create(services, 'default', { ...before, spec } as Service)));
    const next = ok(
      attempt(() =>
        api.update(services, 'default', { ...update, metadata: { name: update.metadata.name ?? '' } }),
      ),
    );
    if (each.expectSameClusterIPs) expect(next.spec?.clusterIPs).toEqual(made.spec?.clusterIPs);
    if (each.expectSameNodePort)
      expect(next.spec?.ports?.[0]?.nodePort).toBe(made.spec?.ports?.[0]?.nodePort);
    if (each.expectSameHCNP) expect(next.spec?.healthCheckNodePort).toBe(made.spec?.healthCheckNodePort);
  });
});
