import { describe, expect, it } from 'vitest';
import type { Stored } from '../../../api';
import { type Loose, mutantsBy } from './mutant';
import { corefileSpoils, ingressSpoils, sliceSpoils } from './spoil-others';
import { policySpoils } from './spoil-policy';

const stored = (object: object): Stored =>
  ({ metadata: { name: 'x', namespace: 'shop', uid: 'u' }, ...object }) as unknown as Stored;
const becomes = (
  object: Stored,
  spoils: (object: Loose) => Parameters<typeof mutantsBy>[2],
): Record<string, unknown> =>
  Object.fromEntries(
    mutantsBy(object, 'o', spoils(object as unknown as Loose)).map(({ name, becomes: changed }) => [
      name.slice('o: '.length),
      (changed as { spec?: unknown }).spec ?? changed,
    ]),
  );

describe('[K3] what can go wrong with', () => {
  it('a policy: its Pods, its doors and who they are for', () => {
    const peer = {
      podSelector: { matchLabels: { role: 'front' } },
      namespaceSelector: { matchExpressions: [{ key: 'name', operator: 'In', values: ['desk'] }] },
    };
    const ports = [{ port: 'http' }];
    const podSelector = { matchLabels: { app: 'api' } };
    const mutants = becomes(
      stored({ kind: 'NetworkPolicy', spec: { podSelector, ingress: [{ from: [peer], ports }] } }),
      policySpoils,
    );
    const rule = (change: object) => ({ podSelector, ingress: [{ from: [peer], ports, ...change }] });
    expect(mutants).toEqual({
      'podSelector typo': { ...rule({}), podSelector: { matchLabels: { app: 'apix' } } },
      'for every Pod': { ...rule({}), podSelector: {} },
      'egress closed as well': { ...rule({}), policyTypes: ['Ingress', 'Egress'] },
      'ingress rule 1 left out': { podSelector, ingress: [] },
      'ingress rule 1 open to all': { podSelector, ingress: [{ ports }] },
      'ingress rule 1 for every port': { podSelector, ingress: [{ from: [peer] }] },
      'ingress rule 1 port moved': rule({ ports: [{ port: 'httpx' }] }),
      'ingress rule 1 protocol UDP': rule({ ports: [{ port: 'http', protocol: 'UDP' }] }),
      'ingress rule 1 peer typo': rule({
        from: [{ ...peer, podSelector: { matchLabels: { role: 'frontx' } } }],
      }),
      'ingress rule 1 namespace of peer typo': rule({
        from: [
          {
            ...peer,
            namespaceSelector: { matchExpressions: [{ key: 'name', operator: 'In', values: ['deskx'] }] },
          },
        ],
      }),
      'ingress rule 1 peer of any namespace': rule({ from: [{ ...peer, namespaceSelector: {} }] }),
      "ingress rule 1 peer of the policy's namespace": rule({ from: [{ podSelector: peer.podSelector }] }),
      'ingress rule 1 every Pod of the namespaces of peer': rule({
        from: [{ namespaceSelector: peer.namespaceSelector }],
      }),
      'ingress rule 1 peer as two': rule({
        from: [{ namespaceSelector: peer.namespaceSelector }, { podSelector: peer.podSelector }],
      }),
    });
  });

  it('a slice: its addresses, its port and whose it is', () => {
    const slice = stored({
      kind: 'EndpointSlice',
      metadata: { name: 'x', labels: { 'kubernetes.io/service-name': 'db' } },
      endpoints: [{ addresses: ['192.0.2.1'] }, { addresses: ['192.0.2.2'] }],
      ports: [{ name: 'sql', port: 5432 }],
    });
    expect(Object.keys(becomes(slice, sliceSpoils))).toEqual([
      'address wrong',
      'address not ready',
      'no addresses',
      'port moved',
      'port name typo',
      'protocol UDP',
      'service label off',
      'service label typo',
      'one address left out',
    ]);
  });

  it('an Ingress: class, host, path and back end', () => {
    const backend = { service: { name: 'web', port: { number: 80 } } };
    const paths = [{ path: '/', pathType: 'Prefix', backend }];
    const ingress = stored({
      kind: 'Ingress',
      spec: { ingressClassName: 'nginx', rules: [{ host: 'shop.example', http: { paths } }] },
    });
    const mutants = becomes(ingress, ingressSpoils);
    expect(Object.keys(mutants)).toEqual([
      'class typo',
      'host 1 typo',
      'path 1.1 typo',
      'path 1.1 exact',
      'backend 1.1 typo',
      'backend port 1.1 wrong',
    ]);
    expect(mutants['backend port 1.1 wrong']).toMatchObject({
      rules: [{ http: { paths: [{ backend: { service: { port: { number: 81 } } } }] } }],
    });
  });

  it('a Corefile: its zone, and plugins that are left out', () => {
    const Corefile =
      '.:53 {\n    errors\n    kubernetes cluster.local in-addr.arpa {\n        pods insecure\n    }\n    forward . /etc/resolv.conf {\n        max_concurrent 1000\n    }\n    cache 30\n}\n';
    const mutants = becomes(stored({ kind: 'ConfigMap', data: { Corefile } }), () => corefileSpoils);
    const textOf = (name: string) => (mutants[name] as { data: { Corefile: string } }).data.Corefile;
    expect(textOf('cluster domain typo')).toContain('kubernetes cluster.locale in-addr.arpa');
    expect(textOf('kubernetes left out')).toBe(
      '.:53 {\n    errors\n    forward . /etc/resolv.conf {\n        max_concurrent 1000\n    }\n    cache 30\n}\n',
    );
    expect(textOf('forward left out')).toContain('    }\n    cache 30\n}\n');
    expect(textOf('forward left out')).not.toContain('forward');
  });
});
