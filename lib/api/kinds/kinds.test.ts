import { describe, expect, it } from 'vitest';
import type { KindSpec } from '../kind-spec';
import type { KubeObject, Stored } from '../objects';
import { fieldErrorBody } from '../status';
import {
  apiResource,
  findByResourceKey,
  findKind,
  findKindOf,
  findResource,
  kinds,
  resourceKey,
  storedKinds,
} from './index';

const LABELS = { app: 'web' };
const container = { name: 'c', image: 'nginx' };
const template = { metadata: { labels: LABELS }, spec: { containers: [container] } };
const once = { metadata: { labels: LABELS }, spec: { containers: [container], restartPolicy: 'Never' } };
const workload = { spec: { selector: { matchLabels: LABELS }, template } };
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };
const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } };

const apiVersionOf = ({ group, version }: Pick<KindSpec, 'group' | 'version'>) =>
  group === '' ? version : `${group}/${version}`;

/** The least that each kind accepts; where two versions of a kind differ, by both. */
const LEAST: Readonly<Record<string, object>> = {
  ConfigMap: {},
  Endpoints: { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] },
  'v1 Event': { involvedObject: { namespace: 'default' } },
  'events.k8s.io/v1 Event': {
    eventTime: '2026-01-01T00:00:00.000000Z',
    type: 'Normal',
    action: 'Binding',
    reason: 'Scheduled',
    regarding: { namespace: 'default' },
    reportingController: 'example.com/c',
    reportingInstance: 'c-1',
  },
  HorizontalPodAutoscaler: {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
  },
  LimitRange: { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } },
  Namespace: {},
  Node: { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] }, status: { capacity: { cpu: '1' } } },
  PersistentVolumeClaim: { spec: claim },
  PersistentVolume: {
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/data' } },
  },
  Pod: { spec: { containers: [container] } },
  ResourceQuota: { spec: { hard: { pods: '10', 'requests.cpu': '0.5' } } },
  Secret: { stringData: { a: 'b' } },
  ServiceAccount: {},
  Service: { spec: { ports: [{ port: 80 }], selector: LABELS } },
  ControllerRevision: { revision: 1 },
  DaemonSet: workload,
  Deployment: workload,
  ReplicaSet: workload,
  StatefulSet: {
    spec: {
      ...workload.spec,
      serviceName: 'web',
      volumeClaimTemplates: [{ metadata: { name: 'd' }, spec: claim }],
    },
  },
  CronJob: { spec: { schedule: '*/5 * * * mon-fri', jobTemplate: { spec: { template: once } } } },
  Job: { spec: { template: once } },
  IngressClass: { spec: { controller: 'example.com/c' } },
  Ingress: { spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } } },
  IPAddress: {
    metadata: { name: '192.0.2.7' },
    spec: { parentRef: { resource: 'services', namespace: 'a', name: 'web' } },
  },
  ServiceCIDR: { spec: { cidrs: ['10.0.0.0/16'] } },
  NetworkPolicy: { spec: { ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }] } },
  PodDisruptionBudget: { spec: { minAvailable: 1 } },
  ClusterRoleBinding: { roleRef, subjects: [{ kind: 'User', name: 'me' }] },
  ClusterRole: { rules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }] },
  RoleBinding: { roleRef, subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }] },
  Role: { rules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }] },
  StorageClass: { provisioner: 'example.com/p' },
  PriorityClass: { value: 5 },
  Lease: {},
  EndpointSlice: { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }] },
};

function make(name: string, body: object, metadata: object = {}): KubeObject {
  const spec = kinds.find((each) => each.kind === name);
  if (!spec) throw new Error(name);
  return makeOf(spec, body, metadata);
}

function makeOf(spec: KindSpec, body: object, metadata: object = {}): KubeObject {
  const namespace = spec.namespaced ? { namespace: 'default' } : {};
  return {
    apiVersion: apiVersionOf(spec),
    kind: spec.kind,
    metadata: { name: 'web', ...namespace, ...metadata },
    ...body,
  };
}

const STORED = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };

describe('every kind', () => {
  // Reviews are asked and answered, never stored.
  it.each(kinds.filter(({ verbs }) => verbs === undefined))(
    '$kind accepts the least there is, with defaults that stay, and keeps it on update',
    (spec) => {
      const least = LEAST[`${apiVersionOf(spec)} ${spec.kind}`] ?? LEAST[spec.kind];
      const given = makeOf(spec, least ?? {});
      const defaulted = spec.setDefaults(given);
      expect(spec.setDefaults(defaulted)).toEqual(defaulted);
      const created = spec.prepareForCreate({ ...defaulted, metadata: { ...defaulted.metadata, ...STORED } });
      expect(spec.validate(created)).toEqual([]);
      const stored = created as Stored;
      const updated = spec.prepareForUpdate(spec.setDefaults(stored), stored);
      expect(updated).toEqual(stored);
      expect(spec.validate(updated, stored)).toEqual([]);
      for (const column of spec.columns) expect(column.value(stored, 0)).not.toBeUndefined();
    },
  );

  it.each(kinds)('$kind is found by each of its names', (spec) => {
    expect(findResource(spec.group, spec.version, spec.plural)).toBe(spec);
    expect(findKind(spec.group, spec.version, spec.kind)).toBe(spec);
    // A key means the version preferred; of the others none may be stored.
    const preferred = kinds.find((each) => resourceKey(each) === resourceKey(spec));
    expect(findByResourceKey(resourceKey(spec))).toBe(preferred);
    expect(preferred === spec || spec.storage !== undefined).toBe(true);
    expect(findKindOf(makeOf(spec, {}))).toBe(spec);
    expect(apiResource(spec).verbs).toContain('create');
  });

  it('no two share a key or a short name', () => {
    const keys = storedKinds.map(resourceKey);
    const short = storedKinds.flatMap(({ shortNames }) => shortNames);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(short).size).toBe(short.length);
  });
});

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

describe('what is refused', () => {
  it.each<[string, object, readonly string[]]>([
    [
      'ConfigMap',
      { data: { 'a b': '', x: '1' }, binaryData: { x: '' } },
      [
        "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        'data[x]: Invalid value: "x": duplicate of key present in binaryData',
      ],
    ],
    [
      'Secret',
      { type: 'kubernetes.io/tls' },
      ['data[tls.crt]: Required value', 'data[tls.key]: Required value'],
    ],
    [
      'Ingress',
      {
        spec: {
          rules: [
            {
              host: 'Shop.example.com',
              http: {
                paths: [
                  { path: 'api', pathType: 'Prefix', backend: { service: { name: 'a' } } },
                  { path: '/', backend: { service: { name: 'a', port: { number: 1 } } } },
                ],
              },
            },
          ],
        },
      },
      [
        `spec.rules[0].host: Invalid value: "Shop.example.com": ${SUBDOMAIN}`,
        'spec.rules[0].http.paths[0].path: Invalid value: "api": must be an absolute path',
        'spec.rules[0].http.paths[0].backend: Required value: port name or number is required',
        'spec.rules[0].http.paths[1].pathType: Required value: pathType must be specified',
      ],
    ],
    [
      'NetworkPolicy',
      {
        spec: {
          policyTypes: ['ingress'],
          ingress: [{ ports: [{ port: 99999 }], from: [{ ipBlock: { cidr: '10.0.0.0/40' } }] }],
        },
      },
      [
        'spec.ingress[0].ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
        'spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "10.0.0.0/40": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
        'spec.policyTypes[0]: Unsupported value: "ingress": supported values: "Ingress", "Egress"',
      ],
    ],
    [
      'Job',
      { spec: { template } },
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'Job',
      { spec: { template: once, completionMode: 'Indexed', completions: null, backoffLimit: -1 } },
      [
        'spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0',
        'spec.completions: Required value: when completion mode is Indexed',
      ],
    ],
    [
      'Job',
      { spec: { template: once, selector: { matchLabels: { app: 'other' } }, manualSelector: true } },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'CronJob',
      {
        spec: {
          schedule: 'TZ=UTC 0 * * * *',
          timeZone: 'Mars/Base',
          concurrencyPolicy: 'Never',
          jobTemplate: { spec: { template: once, selector: { matchLabels: LABELS } } },
        },
      },
      [
        'spec.schedule: Invalid value: "TZ=UTC 0 * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
        'spec.timeZone: Invalid value: "Mars/Base": unknown time zone Mars/Base',
        'spec.concurrencyPolicy: Unsupported value: "Never": supported values: "Allow", "Forbid", "Replace"',
        'spec.jobTemplate.spec.selector: Invalid value: {"matchLabels":{"app":"web"}}: `selector` will be auto-generated',
      ],
    ],
    [
      'CronJob',
      { spec: { schedule: '61 * * * *', jobTemplate: { spec: { template: once } } } },
      ['spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61'],
    ],
    [
      'EndpointSlice',
      { addressType: 'IPv6', endpoints: [{ addresses: ['10.0.0.1'] }] },
      ['endpoints[0].addresses[0]: Invalid value: "10.0.0.1": must be a valid IPv6 address'],
    ],
    ['Event', {}, []],
    [
      'LimitRange',
      {
        spec: {
          limits: [
            {
              type: 'Container',
              min: { cpu: '2' },
              max: { cpu: '1', wheels: '4' },
              maxLimitRequestRatio: { cpu: '0.5' },
            },
            { type: 'Pod', default: { cpu: '1' } },
            { type: 'PersistentVolumeClaim', max: { cpu: '1' } },
            { type: 'Service' },
          ],
        },
      },
      [
        'spec.limits[0].max[wheels]: Invalid value: "wheels": must be a standard resource type or fully qualified',
        'spec.limits[0].max[wheels]: Invalid value: "wheels": must be a standard resource for containers',
        'spec.limits[0].default[wheels]: Invalid value: "wheels": must be a standard resource type or fully qualified',
        'spec.limits[0].default[wheels]: Invalid value: "wheels": must be a standard resource for containers',
        'spec.limits[0].defaultRequest[wheels]: Invalid value: "wheels": must be a standard resource type or fully qualified',
        'spec.limits[0].defaultRequest[wheels]: Invalid value: "wheels": must be a standard resource for containers',
        'spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1',
        'spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1',
        'spec.limits[0].default[cpu]: Invalid value: "2": min value 2 is greater than default value 1',
        'spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1',
        "spec.limits[1].default: Forbidden: may not be specified when `type` is 'Pod'",
        'spec.limits[2].limits: Required value: either minimum or maximum storage value is required, but neither was provided',
        'spec.limits[3].type: Invalid value: "Service": must be a standard limit type or fully qualified',
      ],
    ],
    [
      'PersistentVolume',
      {
        spec: {
          accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'],
          capacity: { storage: '0' },
          persistentVolumeReclaimPolicy: 'Keep',
          volumeMode: 'Tape',
          local: { path: '/a/../b' },
          storageClassName: 'Fast',
        },
      },
      [
        'spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes',
        'spec.capacity[storage]: Invalid value: "0": must be greater than zero',
        'spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"',
        'spec.local.path: Invalid value: "/a/../b": must not contain \'..\'',
        'spec.nodeAffinity: Required value: Local volume requires node affinity',
        `spec.storageClassName: Invalid value: "Fast": ${SUBDOMAIN}`,
        'spec.volumeMode: Unsupported value: "Tape": supported values: "Block", "Filesystem"',
      ],
    ],
    [
      'PersistentVolume',
      { spec: { accessModes: ['ReadWriteOnce'] } },
      [
        'spec.capacity: Required value',
        'spec.capacity: Unsupported value: null: supported values: "storage"',
        'spec: Required value: must specify a volume type',
      ],
    ],
    [
      'PriorityClass',
      { value: 1, preemptionPolicy: 'Always' },
      ['preemptionPolicy: Unsupported value: "Always": supported values: "Never", "PreemptLowerPriority"'],
    ],
    [
      'Node',
      {
        spec: {
          taints: [
            { key: 'a', effect: 'NoSchedule' },
            { key: 'a', effect: 'NoSchedule', value: 'b' },
          ],
        },
        status: { capacity: { pods: '1500m' } },
      },
      [
        'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"b","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
        'status.capacity.pods: Invalid value: "1500m": must be an integer',
        'status.allocatable.pods: Invalid value: "1500m": must be an integer',
      ],
    ],
    [
      'ResourceQuota',
      { spec: { hard: { 'requests.cpu': '1', pods: '1' }, scopes: ['BestEffort', 'NotBestEffort', 'Odd'] } },
      [
        'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: unsupported scope applied to resource',
        'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: unsupported scope',
        'spec.scopes: Invalid value: ["BestEffort","NotBestEffort","Odd"]: conflicting scopes',
      ],
    ],
    [
      'ResourceQuota',
      {
        spec: {
          hard: { pods: '1' },
          scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In' }] },
        },
      },
      [
        "spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      ],
    ],
    [
      'ResourceQuota',
      { spec: { hard: { wheels: '4' } } },
      [
        'spec.hard[wheels]: Invalid value: "wheels": must be a standard resource type or fully qualified',
        'spec.hard[wheels]: Invalid value: "wheels": must be a standard resource for quota',
      ],
    ],
  ])('%s', (kind, body, errors) => {
    const spec = kinds.find((each) => each.kind === kind);
    const shown = spec?.validate(spec.setDefaults(make(kind, body)));
    expect(shown?.map((each) => `${each.field}: ${fieldErrorBody(each)}`)).toEqual(errors);
  });

  it.each<[string, object, object, string]>([
    [
      'StatefulSet',
      LEAST.StatefulSet ?? {},
      { spec: { ...workload.spec, serviceName: 'other' } },
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ],
    [
      'RoleBinding',
      { roleRef: { ...roleRef, kind: 'Role', name: 'a' } },
      { roleRef },
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"ClusterRole","Name":"view"}: cannot change roleRef',
    ],
    [
      'RoleBinding',
      { roleRef },
      { roleRef: { kind: 'Role', name: 'a' } },
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"a"}: cannot change roleRef',
    ],
    [
      'PersistentVolumeClaim',
      { spec: claim, status: { phase: 'Bound', capacity: { storage: '512Mi' } } },
      {
        spec: { ...claim, resources: { requests: { storage: '1Mi' } } },
        status: { phase: 'Bound', capacity: { storage: '512Mi' } },
      },
      'spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    ],
    ['Secret', { type: 'a' }, { type: 'b' }, 'type: Invalid value: "b": field is immutable'],
    [
      'ConfigMap',
      { immutable: true, data: { a: '1' } },
      { immutable: true, data: { a: '2' } },
      'data: Forbidden: field is immutable when `immutable` is set',
    ],
    [
      'EndpointSlice',
      { addressType: 'IPv4', endpoints: [] },
      { addressType: 'IPv6', endpoints: [] },
      'addressType: Invalid value: "IPv6": field is immutable',
    ],
  ])('changes of %s', (kind, before, after, error) => {
    const spec = kinds.find((each) => each.kind === kind);
    const stored = spec?.setDefaults(make(kind, before, STORED)) as Stored;
    const shown = spec?.validate(spec.setDefaults(make(kind, after, STORED)), stored);
    expect(shown?.map((each) => `${each.field}: ${fieldErrorBody(each)}`)).toEqual([error]);
  });

  it('metadata is judged for all alike', () => {
    const spec = kinds.find(({ kind }) => kind === 'ConfigMap');
    const meta = {
      name: 'Web_1',
      namespace: 'a.b',
      labels: { 'a/b/c': '-' },
      annotations: { '/x': '' },
      finalizers: ['mine'],
    };
    const fields = spec?.validate(make('ConfigMap', {}, meta)).map(({ field }) => field);
    expect(fields).toEqual([
      'metadata.name',
      'metadata.namespace',
      'metadata.labels',
      'metadata.labels',
      'metadata.annotations',
      'metadata.finalizers[0]',
    ]);
  });
});
