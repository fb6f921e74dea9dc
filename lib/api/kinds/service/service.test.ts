import { describe, expect, it } from 'vitest';
import { hasCases, loadCases, versionRule } from '../../../testing/conformance-cases';
import type { Stored } from '../../objects';
import { fieldErrorBody } from '../../status';
import type { Service } from '../../types';
import { setServiceDefaults } from './defaults';
import { serviceKind } from './index';
import { prepareServiceForCreate, prepareServiceForUpdate } from './prepare';
import { validateService } from './validate';

interface Case {
  readonly id: string;
  readonly valid: boolean;
  readonly fields: readonly string[];
  /** What the whole validation says where upstream's table calls an inner function. */
  readonly apiFields?: readonly string[];
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}
interface CreateCase extends Case {
  readonly manifest: Service;
}
interface UpdateCase extends Case {
  readonly old: Stored<Service>;
  readonly new: Service;
}

/** Messages that were recorded with v1.24 and read otherwise in v1.35. */
const NEWER_MESSAGES = new Set([
  'invalid LoadBalancer source range annotation (hostname)',
  'invalid LoadBalancer source range annotation (invalid CIDR)',
  'invalid empty LoadBalancer source range',
  'cannot set externalTrafficPolicy or healthCheckNodePort fields on clusterIP service',
]);
/** Cases whose verdict belongs to the allocator or whose tables were executed with another version. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'invalid legacy externalIPs with strict validation':
    'v1.35 accepts legacy forms; the fields were recorded with v1.24',
  'externalTrafficPolicy is required on LoadBalancer service':
    'the table calls an inner function; the object lacks allocateLoadBalancerNodePorts too',
  'externalTrafficPolicy is required on ClusterIP service with externalIPs':
    'recorded with v1.24, before ClusterIP services with external IPs had the policy',
};

const uniqueSorted = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/** The records were made with v1.24, which printed bad values in Go's syntax; they have been JSON since v1.34. */
function asPrintedNow(message: string): string {
  const list = (_all: string, items: string) => `[${items.replaceAll('", "', '","')}]`;
  return message
    .replace(/\[\][\w.]+\{([^}]*)\}/, list)
    .replace(/\[\][\w.]+\(nil\)/, 'null')
    .replace(
      /core\.ServicePort\{Name:"", Protocol:"(\w+)", .*?Port:(\d+), .*?\}, NodePort:0\}/,
      '{"Name":"","Protocol":"$1","AppProtocol":null,"Port":$2,"TargetPort":0,"NodePort":0}',
    );
}

function judge(suite: string, each: Case, errors: ReturnType<typeof validateService>): void {
  const rule = versionRule(suite, each.id);
  const valid = rule?.valid ?? each.valid;
  const shown = errors.map((error) => `${error.field}: ${fieldErrorBody(error)}`);
  if (valid) expect(shown).toEqual([]);
  else
    expect(uniqueSorted(errors.map(({ field }) => field))).toEqual(
      uniqueSorted(
        rule?.fields ?? (each.id.startsWith('cannot set') ? each.apiFields : undefined) ?? each.fields,
      ),
    );
  if (valid || rule || !each.errors || NEWER_MESSAGES.has(each.id)) return;
  expect(shown).toEqual(each.errors.map(({ path, message }) => `${path}: ${asPrintedNow(message)}`));
}

describe.skipIf(!hasCases)('service validation, as recorded', () => {
  const suite = 'service-validation';
  const cases = loadCases<readonly CreateCase[]>('service-validation.json');
  it.each(cases.filter(({ id }) => !EXCEPTIONS[id] && !versionRule(suite, id)?.skip))('$id', (each) => {
    judge(suite, each, validateService({ ...each.manifest, metadata: each.manifest.metadata ?? {} }));
  });
});

describe.skipIf(!hasCases)('service update validation, as recorded', () => {
  const suite = 'service-update-validation';
  const cases = loadCases<readonly UpdateCase[]>('service-update-validation.json');
  it.each(cases.filter(({ id }) => !EXCEPTIONS[id] && !versionRule(suite, id)?.skip))('$id', (each) => {
    judge(suite, each, validateService(each.new, each.old));
  });
});

const service = (spec: Service['spec'], metadata = {}): Service => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'default', ...metadata },
  spec: spec ?? {},
});
const stored = (spec: Service['spec']): Stored<Service> =>
  service(spec, {
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  }) as Stored<Service>;

describe('service defaults', () => {
  it.each([
    [
      'a plain one',
      { ports: [{ port: 80 }] },
      {
        ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
        sessionAffinity: 'None',
        type: 'ClusterIP',
        internalTrafficPolicy: 'Cluster',
      },
    ],
    [
      'a load balancer',
      { type: 'LoadBalancer', sessionAffinity: 'ClientIP' },
      {
        type: 'LoadBalancer',
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 10800 } },
        externalTrafficPolicy: 'Cluster',
        internalTrafficPolicy: 'Cluster',
        allocateLoadBalancerNodePorts: true,
      },
    ],
    [
      'an external name',
      { type: 'ExternalName', externalName: 'example.com' },
      { type: 'ExternalName', externalName: 'example.com', sessionAffinity: 'None' },
    ],
    [
      'targetPort 0 and ""',
      {
        ports: [
          { port: 1, targetPort: 0 },
          { port: 2, targetPort: '' },
          { port: 3, targetPort: 'http' },
        ],
      },
      {
        ports: [
          { port: 1, protocol: 'TCP', targetPort: 1 },
          { port: 2, protocol: 'TCP', targetPort: 2 },
          { port: 3, protocol: 'TCP', targetPort: 'http' },
        ],
        sessionAffinity: 'None',
        type: 'ClusterIP',
        internalTrafficPolicy: 'Cluster',
      },
    ],
  ])('%s', (_title, given, expected) => {
    const once = setServiceDefaults(service(given));
    expect(once.spec).toEqual(expected);
    expect(setServiceDefaults(once)).toEqual(once);
  });
});

describe('service preparation', () => {
  const nodePort = {
    type: 'NodePort',
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7'],
    externalTrafficPolicy: 'Cluster',
    ports: [{ port: 80, nodePort: 30001 }],
  };

  it('drops status on create and joins the IP fields', () => {
    const made = prepareServiceForCreate(service({ clusterIP: '10.96.0.9' }));
    expect(made.spec?.clusterIPs).toEqual(['10.96.0.9']);
    expect(made.status).toEqual({ loadBalancer: {} });
  });

  it('keeps allocated values that an update leaves out', () => {
    const next = prepareServiceForUpdate(
      service({ type: 'NodePort', ports: [{ port: 80 }] }),
      stored(nodePort),
    );
    expect(next.spec).toEqual({
      type: 'NodePort',
      clusterIP: '10.96.0.7',
      clusterIPs: ['10.96.0.7'],
      ports: [{ port: 80, nodePort: 30001 }],
    });
  });

  it('clears unchanged node ports and policies when the type no longer has them', () => {
    const next = prepareServiceForUpdate(service({ ...nodePort, type: 'ClusterIP' }), stored(nodePort));
    expect(next.spec?.ports).toEqual([{ port: 80 }]);
    expect(next.spec?.externalTrafficPolicy).toBeUndefined();
  });

  it('leaves a node port that the update changed, for validation to refuse', () => {
    const changed = { ...nodePort, type: 'ClusterIP', ports: [{ port: 80, nodePort: 30002 }] };
    const next = prepareServiceForUpdate(service(changed), stored(nodePort));
    expect(next.spec?.ports?.[0]?.nodePort).toBe(30002);
  });

  it('clears addresses on the way to ExternalName', () => {
    const next = prepareServiceForUpdate(
      service({ ...nodePort, type: 'ExternalName', externalName: 'example.com' }),
      stored(nodePort),
    );
    expect(next.spec?.clusterIP).toBeUndefined();
    expect(next.spec?.clusterIPs).toBeUndefined();
  });

  it('lets clusterIP speak for clusterIPs when it alone was changed', () => {
    const next = prepareServiceForUpdate(service({ ...nodePort, clusterIP: 'None' }), stored(nodePort));
    const errors = serviceKind.validate(setServiceDefaults(next), stored(nodePort));
    expect(errors.map((each) => `${each.field}: ${fieldErrorBody(each)}`)).toContain(
      'spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    );
  });
});

describe('service warnings', () => {
  it.each<[NonNullable<Service['spec']>, readonly string[]]>([
    [{ type: 'ClusterIP', clusterIPs: ['10.96.0.9'] }, []],
    [
      { type: 'ClusterIP', externalName: 'a.example', trafficDistribution: 'PreferClose' },
      [
        'spec.externalName is ignored when spec.type is not "ExternalName"',
        'spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"',
      ],
    ],
    [
      { type: 'ClusterIP', clusterIP: 'None', clusterIPs: ['None'], sessionAffinity: 'ClientIP' },
      ['spec.SessionAffinity is ignored for headless services'],
    ],
    [
      { type: 'ClusterIP', externalIPs: ['010.0.0.1', '2001:DB8::0001'] },
      [
        'spec.externalIPs[0]: non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
        'spec.externalIPs[1]: IPv6 address "2001:DB8::0001" should be in RFC 5952 canonical format ("2001:db8::1")',
      ],
    ],
    [
      { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8', '192.012.2.8/24', '2001:db8::1/32'] },
      [
        'spec.loadBalancerSourceRanges[1]: CIDR value "192.012.2.8/24" is ambiguous in this context (should be "192.12.2.0/24" or "192.12.2.8/32"?)',
        'spec.loadBalancerSourceRanges[1]: non-standard CIDR value "192.012.2.8/24" will be considered invalid in a future Kubernetes release: use "192.12.2.0/24"',
        'spec.loadBalancerSourceRanges[2]: CIDR value "2001:db8::1/32" is ambiguous in this context (should be "2001:db8::/32" or "2001:db8::1/128"?)',
      ],
    ],
  ])('%j', (spec, warnings) => {
    expect(serviceKind.warnings?.(service(spec))).toEqual(warnings);
  });
});
