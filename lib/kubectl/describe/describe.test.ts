import { describe, expect, it } from 'vitest';
import type { KubeObject, ResourceRef } from '../../api';
import type { Session } from '../session';
import { describeAutoscaler } from './autoscaler';
import { describeIngress } from './ingress';
import { describeCronJob, describeJob } from './jobs';
import { describeNetworkPolicy } from './network-policy';
import { describeDisruptionBudget, describePriorityClass } from './policies';
import { describeLimitRange, describeQuota } from './quotas';
import { describeRole, describeRoleBinding } from './roles';
import type { Describer } from './scene';
import { describeDaemonSet, describeStatefulSet } from './sets';
import { describeNamespace } from './small-kinds';
import { describeClaim, describeStorageClass, describeVolume } from './storage';

const NOW = 1_790_000_000_000;
const CREATED = '2026-01-05T09:00:00Z';

const named = (name: string, body: object, metadata: object = {}): KubeObject =>
  ({ metadata: { name, namespace: 'team', creationTimestamp: CREATED, ...metadata }, ...body }) as KubeObject;

/** The page about an object, with nothing but `others` around it. */
function pageOf(
  describer: Describer,
  object: KubeObject,
  others: readonly KubeObject[] = [],
): Promise<string> {
  const client = {
    list: async (ref: ResourceRef) => ({
      items: others.filter((each) => `${each.kind.toLowerCase()}s` === ref.resource),
    }),
    get: async (ref: ResourceRef) =>
      [object, ...others].find((each) => `${each.kind?.toLowerCase()}s` === ref.resource),
  };
  const session = { client } as unknown as Session;
  return describer({ session, object, events: [], now: NOW });
}

const golden = (what: string): string => `testdata/${what.replaceAll(' ', '-')}.txt`;

const container = { name: 'c', image: 'nginx' };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
const selector = { matchLabels: { app: 'web' } };
const pod = named(
  'web-0',
  {
    kind: 'Pod',
    spec: { containers: [container], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }] },
    status: { phase: 'Running' },
  },
  { ownerReferences: [{ kind: 'StatefulSet', name: 'web', uid: 'u', controller: true }] },
);

const limitRange = named('limits', {
  spec: {
    limits: [
      { type: 'Container', min: { cpu: '50m' }, max: { cpu: '1', memory: '1Gi' }, default: { cpu: '200m' } },
    ],
  },
});
const quota = named('q', {
  spec: { hard: { pods: '4' }, scopes: ['NotTerminating', 'BestEffort'] },
  status: { hard: { pods: '4', 'requests.memory': '1Gi' }, used: { pods: '2', 'requests.memory': '0' } },
});

describe('[K11] pages are written as kubectl writes them', () => {
  it.each<[string, Describer, KubeObject, readonly KubeObject[]]>([
    ['quota', describeQuota, quota, []],
    ['limit range', describeLimitRange, limitRange, []],
    [
      'claim',
      describeClaim,
      named(
        'data',
        {
          spec: { storageClassName: 'standard', volumeName: 'pv-1', volumeMode: 'Filesystem' },
          status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' } },
        },
        { finalizers: ['kubernetes.io/pvc-protection'] },
      ),
      [pod],
    ],
    [
      'volume',
      describeVolume,
      named('pv-1', {
        spec: {
          storageClassName: 'standard',
          persistentVolumeReclaimPolicy: 'Delete',
          accessModes: ['ReadWriteOnce'],
          capacity: { storage: '1Gi' },
          claimRef: { namespace: 'team', name: 'data' },
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'host', operator: 'In', values: ['a'] }] }],
            },
          },
          hostPath: { path: '/data', type: 'DirectoryOrCreate' },
        },
        status: { phase: 'Bound' },
      }),
      [],
    ],
    [
      'storage class',
      describeStorageClass,
      named(
        'standard',
        { provisioner: 'rancher.io/local-path', reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
        { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      ),
      [],
    ],
    [
      'stateful set',
      describeStatefulSet,
      named(
        'web',
        {
          spec: {
            replicas: 2,
            serviceName: 'web',
            podManagementPolicy: 'OrderedReady',
            selector,
            template,
            updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
            volumeClaimTemplates: [
              {
                metadata: { name: 'data' },
                spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
              },
            ],
          },
          status: { replicas: 1 },
        },
        { uid: 'u' },
      ),
      [pod],
    ],
    [
      'daemon set',
      describeDaemonSet,
      named('agent', { spec: { selector, template }, status: { desiredNumberScheduled: 2 } }),
      [],
    ],
    [
      'job',
      describeJob,
      named('once', {
        spec: {
          parallelism: 1,
          completions: 1,
          completionMode: 'NonIndexed',
          backoffLimit: 6,
          selector,
          template,
        },
        status: { startTime: CREATED, completionTime: '2026-01-05T09:00:07Z', succeeded: 1, ready: 0 },
      }),
      [],
    ],
    [
      'cron job',
      describeCronJob,
      named('nightly', {
        spec: {
          schedule: '0 3 * * *',
          concurrencyPolicy: 'Allow',
          suspend: false,
          successfulJobsHistoryLimit: 3,
          jobTemplate: { spec: { template } },
        },
      }),
      [],
    ],
    [
      'autoscaler',
      describeAutoscaler,
      named('web', {
        kind: 'HorizontalPodAutoscaler',
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'web' },
          minReplicas: 1,
          maxReplicas: 5,
          metrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
            },
            {
              type: 'Pods',
              pods: { metric: { name: 'hits' }, target: { type: 'AverageValue', averageValue: '10' } },
            },
          ],
          behavior: {
            scaleDown: {
              selectPolicy: 'Max',
              policies: [{ type: 'Percent', value: 100, periodSeconds: 15 }],
            },
          },
        },
        status: {
          currentReplicas: 2,
          desiredReplicas: 0,
          currentMetrics: [{ type: '' }, { type: '' }],
          conditions: [{ type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale', message: 'able' }],
        },
      }),
      [],
    ],
    [
      'disruption budget',
      describeDisruptionBudget,
      named('web', {
        spec: { minAvailable: 1, selector },
        status: { disruptionsAllowed: 1, currentHealthy: 2 },
      }),
      [],
    ],
    [
      'priority class',
      describePriorityClass,
      named('high', { value: 1000, preemptionPolicy: 'PreemptLowerPriority', description: 'first' }),
      [],
    ],
    [
      'ingress',
      describeIngress,
      named('main', {
        spec: {
          ingressClassName: 'nginx',
          tls: [{ secretName: 'cert', hosts: ['a.example.com'] }],
          rules: [
            {
              host: 'a.example.com',
              http: {
                paths: [
                  {
                    path: '/',
                    pathType: 'Prefix',
                    backend: { service: { name: 'web', port: { number: 80 } } },
                  },
                ],
              },
            },
          ],
        },
        status: { loadBalancer: { ingress: [{ ip: '10.0.0.9' }] } },
      }),
      [
        named('web', { kind: 'Service', spec: { ports: [{ port: 80 }] } }),
        named('web-1', {
          kind: 'EndpointSlice',
          ports: [{ name: '', port: 8080 }],
          endpoints: [{ addresses: ['10.1.0.1'] }],
        }),
      ],
    ],
    [
      'network policy',
      describeNetworkPolicy,
      named('db', {
        spec: {
          podSelector: selector,
          policyTypes: ['Ingress'],
          ingress: [
            {
              ports: [{ port: 80, protocol: 'TCP' }],
              from: [{ podSelector: selector }, { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }],
            },
          ],
        },
      }),
      [],
    ],
    [
      'role',
      describeRole,
      named('view', {
        rules: [
          { apiGroups: ['', 'apps'], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] },
          { apiGroups: [''], resources: ['pods'], verbs: ['watch'] },
          { nonResourceURLs: ['/healthz'], verbs: ['get'] },
        ],
      }),
      [],
    ],
    [
      'role binding',
      describeRoleBinding,
      named('view', {
        roleRef: { kind: 'ClusterRole', name: 'view' },
        subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }],
      }),
      [],
    ],
  ])('%s', async (what, describer, object, others) => {
    await expect(await pageOf(describer, object, others)).toMatchFileSnapshot(golden(what));
  });

  it('namespace, with its quotas and limits', async () => {
    const namespace = named('team', { status: { phase: 'Active' } }) as Parameters<
      typeof describeNamespace
    >[0];
    const page = describeNamespace(namespace, [quota as never], [limitRange as never]);
    await expect(page).toMatchFileSnapshot(golden('namespace'));
    expect(describeNamespace(namespace, [], [])).toContain(
      '\nNo resource quota.\n\nNo LimitRange resource.\n',
    );
  });
});
