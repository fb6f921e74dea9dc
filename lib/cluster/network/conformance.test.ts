import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Service, Stored } from '../../api';
import { createRandom } from '../../base';
import { defaultProxyConfig, type ProxyConfig } from '../kube-proxy-config';
import { inRange } from './addresses';
import { newFlow, type Surroundings } from './kernel/interpret';
import { traverse } from './kernel/traverse';
import { buildRuleset } from './rules/build-ruleset';

interface FlowCase {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly verdict: 'DNAT' | 'REJECT' | 'DROP' | 'ACCEPT' | 'NO_MATCH';
  readonly destinations: readonly string[];
  readonly masquerade: boolean;
}
interface Setup {
  readonly name: string;
  readonly proxyConfig: Partial<ProxyConfig> & { readonly localDetector?: string };
  readonly services: readonly Stored<Service>[];
  readonly endpointSlices: readonly Stored<EndpointSlice>[];
  readonly flows: readonly FlowCase[];
}

const path = new URL('../../../../shared/conformance/cases/iptables.json', import.meta.url).pathname;
const present = existsSync(path);
const setups: readonly Setup[] = present ? JSON.parse(readFileSync(path, 'utf8')).setups : [];

/** Enough draws that every one of a handful of destinations shows. */
const DRAWS = 60;
const NODE = 'test-node';

function split(address: string): { ip: string; port: number } {
  const cut = address.lastIndexOf(':');
  return { ip: address.slice(0, cut).replace(/^\[|\]$/g, ''), port: Number(address.slice(cut + 1)) };
}

function configOf(setup: Setup): ProxyConfig {
  const v6 = setup.name.includes('ipv6');
  const { localDetector, ...rest } = setup.proxyConfig;
  const base = defaultProxyConfig(v6 ? 'fd00:10::/64' : '10.0.0.0/8');
  return {
    ...base,
    family: v6 ? 'IPv6' : 'IPv4',
    localRange: localDetector === 'none' ? undefined : base.localRange,
    ...rest,
  };
}

describe.skipIf(!present)('[N1] rules and interpreter agree with upstream packet flows', () => {
  for (const setup of setups) {
    const config = configOf(setup);
    const v6 = config.family === 'IPv6';
    const addresses = v6
      ? ['2001:db8::1', '2001:db8:1::2', '::1']
      : ['192.168.0.2', '192.168.1.2', '127.0.0.1'];
    const slices = new Map<string, Stored<EndpointSlice>[]>();
    for (const slice of setup.endpointSlices) {
      const key = `${slice.metadata.namespace}/${slice.metadata.labels?.['kubernetes.io/service-name']}`;
      slices.set(key, [...(slices.get(key) ?? []), slice]);
    }
    const ip = addresses[0] ?? '';
    const rules = buildRuleset(
      { services: setup.services, slices: Object.fromEntries(slices) },
      { name: NODE, ip, zone: undefined },
      addresses,
      config,
    );

    it.each(setup.flows.map((flow) => [`${setup.name}: ${flow.name}`, flow] as const))('%s', (_, flow) => {
      const random = createRandom(1);
      const seen = new Set<string>();
      const outcomes = new Set<string>();
      const isLocal = (candidate: string) =>
        addresses.includes(candidate) || inRange(candidate, '127.0.0.0/8');
      const around: Surroundings = {
        node: NODE,
        isLocal,
        chance: () => random.next(),
        lastSeen: () => undefined,
        remember: () => undefined,
        inSet: () => false,
        now: 0,
      };
      for (let draw = 0; draw < DRAWS; draw += 1) {
        const to = split(flow.to);
        const entry = isLocal(flow.from) ? 'own-process' : 'interface';
        const result = traverse(rules, entry, newFlow(flow.from, to.ip, to.port, flow.protocol), around);
        if (result.verdict === 'drop' || result.verdict === 'reject')
          outcomes.add(result.verdict.toUpperCase());
        else if (result.flow.translated) {
          outcomes.add('DNAT');
          seen.add(v6 ? `[${result.flow.ip}]:${result.flow.port}` : `${result.flow.ip}:${result.flow.port}`);
        } else outcomes.add(result.verdict === 'accept' ? 'ACCEPT' : 'NO_MATCH');
        if (result.flow.translated) expect(result.flow.masqueraded).toBe(flow.masquerade);
      }
      expect([...outcomes]).toEqual([flow.verdict]);
      expect([...seen].sort()).toEqual([...flow.destinations].sort());
    });
  }
});
