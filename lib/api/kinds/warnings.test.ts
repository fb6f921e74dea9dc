import { describe, expect, it } from 'vitest';
import type { KubeObject, Stored } from '../objects';
import { kinds } from './index';

const container = { name: 'c', image: 'nginx' };
const selector = { matchLabels: { app: 'web' } };
const templated = (spec: object): object => ({
  spec: { selector, template: { metadata: { labels: selector.matchLabels }, spec } },
});

function warningsOf(kind: string, body: object, metadata: object = {}, isUpdate = false): readonly string[] {
  const spec = kinds.find((each) => each.kind === kind);
  if (!spec) throw new Error(kind);
  const object = { apiVersion: 'v1', kind, metadata: { name: 'web', ...metadata }, ...body } as KubeObject;
  return spec.warnings?.(object, isUpdate ? (object as Stored) : undefined) ?? [];
}

describe('[K10] warnings', () => {
  it.each<[string, string, object, readonly string[]]>([
    [
      'variables that hide others',
      'Pod',
      {
        spec: {
          containers: [
            {
              ...container,
              env: [
                { name: 'A', value: '1' },
                { name: 'A', value: '$(A)2' },
                { name: 'A', value: '3' },
              ],
            },
          ],
        },
      },
      ['spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply'],
    ],
    [
      'addresses written as they were long ago',
      'Pod',
      {
        spec: {
          containers: [container],
          dnsConfig: { nameservers: ['010.0.0.1'] },
          hostAliases: [{ ip: '10.0.0.1' }, { ip: '2001:DB8::1' }],
          volumes: [{ name: 'v', gitRepo: { repository: 'x' } }],
        },
      },
      [
        'spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
        'spec.dnsConfig.nameservers[0]: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
        'spec.hostAliases[1].ip: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
      ],
    ],
    [
      'such addresses in Endpoints',
      'Endpoints',
      { subsets: [{ notReadyAddresses: [{ ip: '010.0.0.1' }] }] },
      [
        'subsets[0].notReadyAddresses[0].ip: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
      ],
    ],
    [
      'names for addresses',
      'EndpointSlice',
      { addressType: 'FQDN', endpoints: [{ addresses: ['example.com'] }] },
      ['spec.addressType: FQDN endpoints are deprecated'],
    ],
    [
      'such addresses in a slice',
      'EndpointSlice',
      { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1', '010.0.0.1'] }] },
      [
        'endpoints[0].addresses[1]: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
      ],
    ],
    [
      'ports said twice',
      'Pod',
      {
        spec: {
          containers: [
            { ...container, ports: [{ containerPort: 80 }] },
            { ...container, ports: [{ containerPort: 80 }, { containerPort: 80, hostPort: 8080 }] },
          ],
        },
      },
      [
        'spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]',
        'spec.containers[1].ports[1]: overlapping port definition with spec.containers[0].ports[0]',
        'spec.containers[1].ports[1]: overlapping port definition with spec.containers[1].ports[0]',
      ],
    ],
    [
      'old labels of nodes, and parts of bytes',
      'Deployment',
      templated({
        containers: [{ ...container, resources: { limits: { memory: '500m' } } }],
        nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
        volumes: [{ name: 'v', gitRepo: {} }],
      }),
      [
        'spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead',
        'spec.template.spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+',
        'spec.template.spec.containers[0].resources.limits[memory]: fractional byte value "500m" is invalid, must be an integer',
      ],
    ],
    [
      'the policy Recycle',
      'PersistentVolume',
      { spec: { persistentVolumeReclaimPolicy: 'Recycle' } },
      [
        'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
      ],
    ],
  ])('tell of %s', (_, kind, body, warnings) => {
    expect(warningsOf(kind, body)).toEqual(warnings);
  });

  it('tell of names that make bad hostnames, but not again', () => {
    const body = templated({ containers: [container] });
    expect(warningsOf('Deployment', body, { name: 'web.v1' })).toEqual([
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
    ]);
    expect(warningsOf('Deployment', body, { name: 'web.v1' }, true)).toEqual([]);
    expect(warningsOf('Pod', { spec: { containers: [container] } }, { name: 'web.v1' })[0]).toContain(
      "this is used in the Pod's hostname",
    );
  });
});
