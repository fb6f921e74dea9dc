import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Service, Stored } from '../../../api';
import { defaultProxyConfig } from '../../kube-proxy-config';
import { service, slice } from '../hand-made-cluster.test-support';
import { buildRuleset } from './build-ruleset';
import { iptablesSave, printRule } from './save';

const folder = new URL('../../../../../shared/transcripts/iptables/', import.meta.url).pathname;
const present = existsSync(folder);

/** Rules that kube-proxy has written the same way since v1.20; balancing and node ports have moved since. */
const STABLE =
  /^-A (KUBE-SEP-\S+|KUBE-SERVICES -d \S+ -p \w+ .* cluster IP" .*-j KUBE-SVC-|KUBE-POSTROUTING|KUBE-MARK-MASQ|KUBE-SERVICES -m comment)/;

/** Rebuilds the Services behind a recording from its own rules: cluster IPs, ports, endpoints. */
function rebuild(text: string): {
  services: Stored<Service>[];
  slices: Map<string, Stored<EndpointSlice>[]>;
} {
  const services: Stored<Service>[] = [];
  const slices = new Map<string, Stored<EndpointSlice>[]>();
  const ports = new Map<string, { ip: string; ports: object[]; sticky: boolean }>();
  const affine = new Set(
    [...text.matchAll(/--comment "([^/]+\/[^:"]+)[^"]*" -m recent/g)].map((match) => match[1]),
  );
  const clusterIPs =
    /-A KUBE-SERVICES -d (\S+)\/32 -p (\w+) -m comment --comment "([^/]+)\/([^: "]+):?(\S*) cluster IP" -m \w+ --dport (\d+)/g;
  for (const [, ip = '', protocol = '', namespace = '', name = '', port = '', number] of text.matchAll(
    clusterIPs,
  )) {
    const key = `${namespace}/${name}`;
    const known = ports.get(key) ?? { ip, ports: [], sticky: affine.has(key) };
    known.ports.push({
      ...(port === '' ? {} : { name: port }),
      port: Number(number),
      protocol: protocol.toUpperCase(),
    });
    ports.set(key, known);
  }
  for (const [key, { ip, ports: list, sticky }] of ports) {
    const [namespace = '', name = ''] = key.split('/');
    const sessionAffinity = sticky ? 'ClientIP' : 'None';
    services.push(
      service(name, { clusterIP: ip, clusterIPs: [ip], ports: list, sessionAffinity }, namespace),
    );
  }
  const dnat =
    /-p (\w+) -m comment --comment "([^/]+)\/([^:"]+):?([^"]*)".* -j DNAT --to-destination ([\d.]+):(\d+)/g;
  for (const [, protocol = '', namespace = '', name = '', port = '', ip = '', number] of text.matchAll(
    dnat,
  )) {
    const key = `${namespace}/${name}`;
    const made = slice(
      name,
      { name: port, port: Number(number), protocol: protocol.toUpperCase() },
      [{ ip, node: 'worker-1' }],
      namespace,
    );
    slices.set(key, [...(slices.get(key) ?? []), made]);
  }
  return { services, slices };
}

describe.skipIf(!present)('[N15] iptables-save prints what a real one printed', () => {
  it.each(present ? readdirSync(folder) : [])('%s', (file) => {
    const text = readFileSync(folder + file, 'utf8');
    const recorded = text.split('\n').filter((line) => STABLE.test(line));
    const { services, slices } = rebuild(text);
    const rules = buildRuleset(
      { services, slices: Object.fromEntries(slices) },
      { name: 'worker-1', ip: '192.168.50.11', zone: undefined },
      [],
      defaultProxyConfig('10.244.0.0/16'),
    );
    const printed = new Set(iptablesSave(rules, 'now', { table: 'nat' }).split('\n'));
    expect(recorded.length).toBeGreaterThan(5);
    expect(recorded.filter((line) => !printed.has(line))).toEqual([]);
  });
});

describe('[N16] printRule', () => {
  it.each([
    [3, '0.3333333333', '0.33333333349'],
    [2, '0.5000000000', '0.50000000000'],
    [7, '0.1428571429', '0.14285714272'],
  ])('keeps one in %d as the kernel does', (_, written, printed) => {
    const rule = { matches: [{ kind: 'chance', probability: written }], target: { kind: 'return' } } as const;
    expect(printRule('C', rule)).toBe(`-A C -m statistic --mode random --probability ${printed} -j RETURN`);
  });

  it('prints what is counted for the metrics with two blanks, as libxt_nfacct does', () => {
    const rules = buildRuleset(
      {
        services: [
          service('web', {
            type: 'NodePort',
            clusterIP: '10.96.0.7',
            ports: [{ port: 80, nodePort: 30080 }],
          }),
        ],
        slices: {
          'default/web': [slice('web', { port: 80 }, [{ ip: '10.244.1.2', node: 'worker-1' }])],
        },
      },
      { name: 'worker-1', ip: '192.168.50.11', zone: undefined },
      [],
      defaultProxyConfig('10.244.0.0/16'),
    );
    const counted = iptablesSave(rules, 'now')
      .split('\n')
      .filter((line) => line.includes('nfacct'));
    expect(counted).toEqual([
      '-A KUBE-FORWARD -m conntrack --ctstate INVALID -m nfacct --nfacct-name  ct_state_invalid_dropped_pkts -j DROP',
      '-A KUBE-NODEPORTS -d 127.0.0.0/8 -p tcp -m comment --comment "default/web" -m tcp --dport 30080 -m nfacct --nfacct-name  localhost_nps_accepted_pkts -j KUBE-EXT-LOLE4ISW44XBNF3G',
    ]);
  });
});
