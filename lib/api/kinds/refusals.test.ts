import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../objects';
import { fieldErrorBody } from '../status';
import { kinds } from './index';

/** What the API server has against an object that somebody would create, in its own words. */
function refusals(kind: string, rest: object): readonly string[] {
  const spec = kinds.find((each) => each.kind === kind);
  if (!spec) throw new Error(`no such kind: ${kind}`);
  const group = spec.group === '' ? '' : `${spec.group}/`;
  const metadata = { name: 'x', ...(spec.namespaced ? { namespace: 'default' } : {}) };
  const given = { apiVersion: `${group}${spec.version}`, kind, metadata, ...rest } as KubeObject;
  const prepared = spec.prepareForCreate(spec.setDefaults(given));
  return spec.validate(prepared).map((error) => `${error.field}: ${fieldErrorBody(error)}`);
}

const KEY_EMPTY = 'name part must be non-empty';
const KEY_FORM =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const ID = 'must be between 0 and 2147483647, inclusive';
const NODE_REQUIRED = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution';
const POD_REQUIRED = 'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution';

const container = { name: 'c', image: 'nginx' };
const pod = (rest: object, inner: object = {}): object => ({
  spec: { containers: [{ ...container, ...inner }], ...rest },
});
const web = { app: 'web' };
const workload = (rest: object): object => ({
  spec: {
    selector: { matchLabels: web },
    template: { metadata: { labels: web }, spec: { containers: [container] } },
    ...rest,
  },
});
const rule = (path: object): object => ({ spec: { rules: [{ http: { paths: [path] } }] } });
const backend = { service: { name: 'a', port: { number: 80 } } };
const policy = (rest: object): object => ({ spec: { podSelector: {}, ingress: [rest] } });

type Row = readonly [what: string, kind: string, rest: object, refused: readonly string[]];

const PODS: readonly Row[] = [
  [
    'a sleep longer than there is time',
    'Pod',
    pod({}, { lifecycle: { preStop: { sleep: { seconds: 31 } }, postStart: { sleep: { seconds: 0 } } } }),
    [
      'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)',
    ],
  ],
  [
    "the host's namespaces without its users",
    'Pod',
    pod({ hostUsers: false, hostNetwork: true, hostIPC: true }),
    [
      'spec.hostNetwork: Forbidden: when `pod.Spec.HostUsers` is false',
      'spec.HostIPC: Forbidden: when `pod.Spec.HostUsers` is false',
    ],
  ],
  [
    'a policy that is none, and an image without a name',
    'Pod',
    pod({
      initContainers: [{ ...container, name: 'i', restartPolicy: 'Sometimes' }],
      volumes: [{ name: 'v', image: { pullPolicy: 'Always' } }],
    }),
    [
      'spec.volumes[0].image.reference: Required value',
      'spec.initContainers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ],
  ],
  [
    'a message from nowhere',
    'Pod',
    pod({}, { terminationMessagePolicy: 'Log' }),
    [
      'spec.containers[0].terminationMessagePolicy: Unsupported value: "Log": supported values: "File", "FallbackToLogsOnError"',
    ],
  ],
  ['nothing: less than no grace is warned of', 'Pod', pod({ terminationGracePeriodSeconds: -1 }), []],
  [
    'blanks around an image',
    'Pod',
    pod({}, { image: ' nginx' }),
    ['spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace'],
  ],
  [
    'nothing: a template may have them',
    'Deployment',
    workload({
      template: { metadata: { labels: web }, spec: { containers: [{ name: 'c', image: ' nginx' }] } },
    }),
    [],
  ],
  [
    'no terms, a weight, an operator, a value too many',
    'Pod',
    pod({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 0,
              preference: {
                matchExpressions: [
                  { key: 'a', operator: 'Gt', values: ['1', '2'] },
                  { key: 'b', operator: 'Near' },
                ],
              },
            },
          ],
        },
      },
    }),
    [
      `${NODE_REQUIRED}.nodeSelectorTerms: Required value: must have at least one node selector term`,
      ...[
        'weight: Invalid value: 0: must be in the range 1-100',
        "preference.matchExpressions[0].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
        'preference.matchExpressions[1].operator: Invalid value: "Near": not a valid selector operator',
      ].map((each) => `${NODE_REQUIRED.replace('required', 'preferred')}[0].${each}`),
    ],
  ],
  [
    'a term without topology',
    'Pod',
    pod({
      affinity: {
        podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: '' }] },
      },
    }),
    [
      `${POD_REQUIRED}[0].topologyKey: Required value: can not be empty`,
      `${POD_REQUIRED}[0].topologyKey: Invalid value: "": ${KEY_EMPTY}`,
      `${POD_REQUIRED}[0].topologyKey: Invalid value: "": ${KEY_FORM}`,
    ],
  ],
  [
    'users, policies and profiles of no kind',
    'Pod',
    pod(
      { securityContext: { runAsUser: -1, fsGroupChangePolicy: 'Foo', seccompProfile: { type: 'Foo' } } },
      { securityContext: { runAsGroup: -1 } },
    ),
    [
      `spec.containers[0].securityContext.runAsGroup: Invalid value: -1: ${ID}`,
      `spec.securityContext.runAsUser: Invalid value: -1: ${ID}`,
      'spec.securityContext.fsGroupChangePolicy: Unsupported value: "Foo": supported values: "Always", "OnRootMismatch"',
      'spec.securityContext.seccompProfile.type: Unsupported value: "Foo": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
    ],
  ],
  [
    'privileged and not',
    'Pod',
    pod({}, { securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    [
      'spec.containers[0].securityContext: Invalid value: {"Capabilities":null,"Privileged":true,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
    ],
  ],
  [
    'too many name servers, an option without name',
    'Pod',
    pod({
      dnsConfig: { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3', '4.4.4.4'], options: [{ value: 'b' }] },
    }),
    [
      'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","2.2.2.2","3.3.3.3","4.4.4.4"]: must not have more than 3 nameservers',
      'spec.dnsConfig.options[0]: Required value: must not be empty',
    ],
  ],
  [
    'gates',
    'Pod',
    pod({ readinessGates: [{ conditionType: 'a b' }], schedulingGates: [{ name: 'x' }, { name: 'x' }] }),
    [
      `spec.readinessGates[0].conditionType: Invalid value: "a b": ${KEY_FORM}`,
      'spec.schedulingGates[1]: Duplicate value: "x"',
    ],
  ],
  [
    "ports on the node's network",
    'Pod',
    pod({ hostNetwork: true }, { ports: [{ containerPort: 80, hostPort: 81 }] }),
    [
      'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
    ],
  ],
  [
    'volumes',
    'Pod',
    pod({
      volumes: [
        { name: 'a', emptyDir: { sizeLimit: '-1' } },
        { name: 'b', hostPath: { path: '/x', type: 'Foo' } },
        { name: 'c', nfs: { server: '', path: 'a' } },
        { name: 'd', configMap: { name: 'm', defaultMode: 9999, items: [{ key: 'k', path: '../a' }] } },
      ],
    }),
    [
      'spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity',
      'spec.volumes[1].hostPath.type: Unsupported value: "Foo": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
      'spec.volumes[2].nfs.server: Required value',
      'spec.volumes[2].nfs.path: Invalid value: "a": must be an absolute path',
      'spec.volumes[3].configMap.defaultMode: Invalid value: 9999: must be a number between 0 and 0777 (octal), both inclusive',
      'spec.volumes[3].configMap.items[0].path: Invalid value: "../a": must not contain \'..\'',
    ],
  ],
  [
    'an amount that no variable can hold, and names of no ConfigMap',
    'Pod',
    pod(
      {},
      {
        env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: 'foo' } } }],
        envFrom: [{ configMapRef: { name: 'A_' } }],
      },
    ),
    [
      'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "foo": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
      `spec.containers[0].envFrom[0].configMapRef.name: Invalid value: "A_": ${SUBDOMAIN}`,
    ],
  ],
  [
    'one spread twice',
    'Pod',
    pod({
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
        { maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' },
      ],
    }),
    [
      'spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "{zone, DoNotSchedule}"',
    ],
  ],
];

const WORKLOADS: readonly Row[] = [
  [
    'a selector that is none',
    'Deployment',
    workload({ selector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }),
    [
      "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      'spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"In"}]}: invalid label selector',
    ],
  ],
  [
    'a strategy of no kind',
    'Deployment',
    workload({ strategy: { type: 'Foo' } }),
    [
      'spec.strategy: Unsupported value: {"Type":"Foo","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
    ],
  ],
  [
    'a surge beside Pods that may be missing',
    'DaemonSet',
    workload({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } } }),
    [
      'spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
  ],
  [
    'no Pod more and none less',
    'DaemonSet',
    workload({ updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } }),
    ['spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0'],
  ],
  [
    'a policy, a strategy and its settings',
    'StatefulSet',
    workload({
      podManagementPolicy: 'Foo',
      updateStrategy: { type: 'OnDelete', rollingUpdate: { partition: 1 } },
    }),
    [
      "spec.podManagementPolicy: Invalid value: \"Foo\": must be 'OrderedReady' or 'Parallel'",
      'spec.updateStrategy.rollingUpdate: Invalid value: {"Partition":1,"MaxUnavailable":null}: only allowed for updateStrategy \'RollingUpdate\'',
    ],
  ],
];

const NETWORK: readonly Row[] = [
  [
    'a controller of a long name',
    'IngressClass',
    { spec: { controller: `example.com/${'a'.repeat(300)}` } },
    ['spec.controller: Too long: may not be more than 250 bytes'],
  ],
  [
    "nothing: the kubelet's port may be exposed since v1.33",
    'Service',
    {
      spec: {
        type: 'LoadBalancer',
        ports: [{ port: 10250 }],
        clusterIP: '10.96.0.9',
        clusterIPs: ['10.96.0.9'],
      },
    },
    [],
  ],
  [
    'a path without type',
    'Ingress',
    rule({ path: '/', backend: {} }),
    ['spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified'],
  ],
  [
    'a path that ends in the folder above, and no backend',
    'Ingress',
    rule({ path: '/a/..', pathType: 'Prefix', backend: {} }),
    [
      'spec.rules[0].http.paths[0].path: Invalid value: "/a/..": cannot end with \'/..\'',
      'spec.rules[0].http.paths[0].backend: Invalid value: "": resource or service backend is required',
    ],
  ],
  [
    'nothing at all',
    'Ingress',
    { spec: {} },
    ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'],
  ],
  [
    'two classes',
    'Ingress',
    {
      metadata: { name: 'x', namespace: 'default', annotations: { 'kubernetes.io/ingress.class': 'a' } },
      spec: { ingressClassName: 'b', defaultBackend: backend },
    },
    [
      'annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified',
    ],
  ],
  [
    'a controller without domain',
    'IngressClass',
    { spec: { controller: 'nginx', parameters: { kind: 'A', name: 'a', scope: 'Namespace' } } },
    [
      'spec.controller: Invalid value: "nginx": must be a domain-prefixed path (such as "acme.io/foo")',
      "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'",
    ],
  ],
  [
    'exceptions that are none, a range of a named port, and of none',
    'NetworkPolicy',
    policy({
      from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16', '10.0.0.0/8', '10.1.0.0/16', 'x'] } }],
      ports: [{ port: 'http', endPort: 90 }, { endPort: 90 }],
    }),
    [
      'spec.ingress[0].ports[0].endPort: Invalid value: 90: may not be specified when `port` is non-numeric',
      'spec.ingress[0].ports[1].endPort: Invalid value: 90: may not be specified when `port` is not specified',
      'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "11.0.0.0/16": must be a strict subset of `cidr`',
      'spec.ingress[0].from[0].ipBlock.except[1]: Invalid value: "10.0.0.0/8": must be a strict subset of `cidr`',
      'spec.ingress[0].from[0].ipBlock.except[3]: Invalid value: "x": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ],
];

const jobPod = (inner: object = {}): object => ({
  spec: { restartPolicy: 'Never', containers: [container], ...inner },
});
const exitCodes = (rest: object): object => ({ action: 'FailJob', onExitCodes: { operator: 'In', ...rest } });

const JOBS: readonly Row[] = [
  [
    'a manager without domain',
    'Job',
    { spec: { template: jobPod(), managedBy: 'me' } },
    ['spec.managedBy: Invalid value: "me": must be a domain-prefixed path (such as "acme.io/foo")'],
  ],
  [
    'rules for failures that are none',
    'Job',
    {
      spec: {
        template: jobPod(),
        podReplacementPolicy: 'TerminatingOrFailed',
        podFailurePolicy: {
          rules: [
            exitCodes({ values: [1, 0, 2], containerName: 'z' }),
            { action: 'FailIndex', onPodConditions: [{ type: 'DisruptionTarget', status: 'Maybe' }] },
            {
              ...exitCodes({ operator: 'Is', values: [] }),
              action: 'Stop',
              onPodConditions: [{ type: 'A' }],
            },
            { action: 'Count' },
          ],
        },
      },
    },
    [
      'spec.podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value: "z": must be one of the container or initContainer names in the pod template',
      'spec.podFailurePolicy.rules[0].onExitCodes.values[1]: Invalid value: 0: must not be 0 for the In operator',
      'spec.podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [1,0,2]: must be ordered',
      'spec.podFailurePolicy.rules[1].action: Invalid value: "FailIndex": requires the backoffLimitPerIndex to be set',
      'spec.podFailurePolicy.rules[1].onPodConditions[0].status: Unsupported value: "Maybe": supported values: "False", "True", "Unknown"',
      'spec.podFailurePolicy.rules[2].action: Unsupported value: "Stop": supported values: "Count", "FailIndex", "FailJob", "Ignore"',
      'spec.podFailurePolicy.rules[2].onExitCodes.operator: Unsupported value: "Is": supported values: "In", "NotIn"',
      'spec.podFailurePolicy.rules[2].onExitCodes.values: Invalid value: []: at least one value is required',
      'spec.podFailurePolicy.rules[2]: Invalid value: specifying both OnExitCodes and OnPodConditions is not supported',
      'spec.podFailurePolicy.rules[3]: Invalid value: specifying one of OnExitCodes and OnPodConditions is required',
      'spec.podReplacementPolicy: Unsupported value: "TerminatingOrFailed": supported values: "Failed"',
    ],
  ],
  [
    'success by index, without indexes',
    'Job',
    { spec: { template: jobPod(), successPolicy: { rules: [{ succeededCount: 1 }] } } },
    [
      'spec.successPolicy: Invalid value: {"Rules":[{"SucceededIndexes":null,"SucceededCount":1}]}: requires indexed completion mode',
    ],
  ],
  [
    'success of nobody, and of too many',
    'Job',
    {
      spec: {
        template: jobPod(),
        completionMode: 'Indexed',
        completions: 2,
        maxFailedIndexes: 3,
        successPolicy: { rules: [{}, { succeededCount: 3 }] },
      },
    },
    [
      'spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified',
      'spec.maxFailedIndexes: Invalid value: 3: must be less than or equal to completions',
      'spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified',
      'spec.successPolicy.rules[1].succeededCount: Invalid value: 3: must be less than or equal to 2 (the number of specified completions)',
    ],
  ],
];

const OTHERS: readonly Row[] = [
  [
    'two blocks of one family',
    'Node',
    { spec: { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24', '10.0.1.0/24'] } },
    [
      'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family',
    ],
  ],
  [
    'policies and modes of no kind',
    'StorageClass',
    { provisioner: 'a b', reclaimPolicy: 'Recycle', volumeBindingMode: 'Now', parameters: { '': 'x' } },
    [
      `provisioner: Invalid value: "a b": ${KEY_FORM}`,
      'parameters: Invalid value: "": field can not be empty.',
      'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
      'volumeBindingMode: Unsupported value: "Now": supported values: "Immediate", "WaitForFirstConsumer"',
    ],
  ],
  [
    'a subject of no possible name',
    'RoleBinding',
    {
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [{ kind: 'ServiceAccount', name: 'A_', namespace: 'n' }],
    },
    [`subjects[0].name: Invalid value: "A_": ${SUBDOMAIN}`],
  ],
  [
    'a count below nothing',
    'Lease',
    { spec: { leaseTransitions: -1 } },
    ['spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0'],
  ],
  [
    'a volume near no node',
    'PersistentVolume',
    {
      spec: {
        capacity: { storage: '1Gi', cpu: '1' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: '/x' },
        nodeAffinity: { required: { nodeSelectorTerms: [] } },
      },
    },
    [
      'spec.capacity: Unsupported value: {"cpu":"1","storage":"1Gi"}: supported values: "storage"',
      'spec.nodeAffinity.required.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
  ],
];

describe.each<readonly [string, readonly Row[]]>([
  ['Pods', PODS],
  ['workloads', WORKLOADS],
  ['Jobs', JOBS],
  ['the network', NETWORK],
  ['other kinds', OTHERS],
])('what is wrong with %s is said as validation.go says it', (_title, rows) => {
  it.each(rows)('%s (%s)', (_what, kind, rest, refused) => {
    expect(refusals(kind, rest)).toEqual(refused);
  });
});

it('warns of blocks in a policy that may not mean what they say', () => {
  const spec = kinds.find(({ kind }) => kind === 'NetworkPolicy');
  const given = { metadata: { name: 'x' }, ...policy({ from: [{ ipBlock: { cidr: '10.0.0.8/24' } }] }) };
  expect(spec?.warnings?.(given as KubeObject)).toEqual([
    'spec.ingress[0].from[0].ipBlock.cidr: CIDR value "10.0.0.8/24" is ambiguous in this context (should be "10.0.0.0/24" or "10.0.0.8/32"?)',
  ]);
});
