/**
 * Writes `go-types.*.ts`: the fields of every Kubernetes type that a served kind can reach, read from the
 * `kubernetes-types` package. What that package does not know (int64, bytes, newer fields, Go names) is stated below.
 * Run: node lib/api/kinds/schema/generate.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const source = dirname(createRequire(import.meta.url).resolve('kubernetes-types/package.json'));

/** Groups in the order of output, and the kinds to start from. Types of a later group may use those of an earlier one. */
const GROUPS = {
  meta: [
    'APIGroup',
    'APIGroupList',
    'APIResourceList',
    'APIVersions',
    'DeleteOptions',
    'ListMeta',
    'Status',
    'WatchEvent',
  ],
  core: [
    'ConfigMap',
    'Endpoints',
    'Event',
    'LimitRange',
    'Namespace',
    'Node',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
    'Binding',
  ],
  authentication: ['SelfSubjectReview', 'TokenRequest', 'TokenReview'],
  authorization: [
    'LocalSubjectAccessReview',
    'SelfSubjectAccessReview',
    'SelfSubjectRulesReview',
    'SubjectAccessReview',
  ],
  apps: ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  batch: ['CronJob', 'Job'],
  autoscaling: ['HorizontalPodAutoscaler', 'Scale'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  coordination: ['Lease'],
  discovery: ['EndpointSlice'],
  events: ['Event'],
  networking: ['Ingress', 'IngressClass', 'NetworkPolicy'],
  policy: ['Eviction', 'PodDisruptionBudget'],
  rbac: ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  scheduling: ['PriorityClass'],
  storage: ['CSINode', 'StorageClass'],
};

const INT64 = new Set([
  'activeDeadlineSeconds',
  'deletionGracePeriodSeconds',
  'expirationSeconds',
  'fsGroup',
  'generation',
  'observedGeneration',
  'runAsGroup',
  'runAsUser',
  'sizeBytes',
  'startingDeadlineSeconds',
  'supplementalGroups',
  'terminationGracePeriodSeconds',
  'tolerationSeconds',
  'revision',
]);
/** `activeDeadlineSeconds` and the like are int64 everywhere; these few are told apart by their type. */
const TYPES = {
  'SecretVolumeSource.defaultMode': 'i',
  'Secret.data': '{y}',
  'ConfigMap.binaryData': '{y}',
  'DeleteOptions.gracePeriodSeconds': 'l',
  'ListMeta.remainingItemCount': 'l',
  'SleepAction.seconds': 'l',
  'ControllerRevision.data': 'r',
};

/** Fields of v1.35 that the package, generated for v1.30, lacks; and types to go with them. */
const ADDED_FIELDS = {
  Container: 'restartPolicyRules:[ContainerRestartRule]',
  EphemeralContainer: 'restartPolicyRules:[ContainerRestartRule]',
  ContainerStatus: 'allocatedResourcesStatus:[ResourceStatus] stopSignal:s user:ContainerUser',
  EndpointHints: 'forNodes:[ForNode]',
  HPAScalingRules: 'tolerance:q',
  EnvVarSource: 'fileKeyRef:FileKeySelector',
  Lifecycle: 'stopSignal:s',
  NodeStatus: 'declaredFeatures:[s] features:NodeFeatures',
  NodeRuntimeHandlerFeatures: 'userNamespaces:b',
  NodeSystemInfo: 'swap:NodeSwapStatus',
  PodCondition: 'observedGeneration:l',
  PodSecurityContext: 'seLinuxChangePolicy:s supplementalGroupsPolicy:s',
  PodSpec: 'hostnameOverride:s resources:ResourceRequirements workloadRef:WorkloadReference',
  PodStatus:
    'allocatedResources:{q} extendedResourceClaimStatus:PodExtendedResourceClaimStatus observedGeneration:l resources:ResourceRequirements',
  PodResourceClaim: 'resourceClaimName:s resourceClaimTemplateName:s',
  ResourceClaim: 'request:s',
  Volume: 'image:ImageVolumeSource',
  VolumeProjection: 'podCertificate:PodCertificateProjection',
  DeleteOptions: 'ignoreStoreReadErrorWithClusterBreakingPotential:b',
  DeploymentStatus: 'terminatingReplicas:i',
  LeaseSpec: 'preferredHolder:s strategy:s',
  ReplicaSetStatus: 'terminatingReplicas:i',
  ResourceRule: 'resources:[s] verbs!:[s]',
  ResourceAttributes: 'fieldSelector:FieldSelectorAttributes labelSelector:LabelSelectorAttributes',
};
const ADDED_TYPES = {
  ContainerRestartRule: 'action!:s exitCodes:ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'operator!:s values:[i]',
  ContainerExtendedResourceRequest: 'containerName!:s requestName!:s resourceName!:s',
  ContainerUser: 'linux:LinuxContainerUser',
  FileKeySelector: 'key!:s optional:b path!:s volumeName!:s',
  ImageVolumeSource: 'pullPolicy:s reference:s',
  LinuxContainerUser: 'gid!:l supplementalGroups:[l] uid!:l',
  NodeFeatures: 'supplementalGroupsPolicy:b',
  NodeSwapStatus: 'capacity:l',
  PodCertificateProjection:
    'certificateChainPath:s credentialBundlePath:s keyPath:s keyType!:s maxExpirationSeconds:i signerName!:s userAnnotations:{s}',
  PodExtendedResourceClaimStatus: 'requestMappings!:[ContainerExtendedResourceRequest] resourceClaimName!:s',
  ResourceHealth: 'health:s resourceID!:s',
  ResourceStatus: 'name!:s resources:[ResourceHealth]',
  WorkloadReference: 'name!:s podGroup!:s podGroupReplicaKey:s',
};
const ADDED_AUTHORIZATION = {
  FieldSelectorAttributes: 'rawSelector:s requirements:[FieldSelectorRequirement]',
  LabelSelectorAttributes: 'rawSelector:s requirements:[LabelSelectorRequirement]',
};
const ADDED_META = { FieldSelectorRequirement: 'key!:s operator!:s values:[s]' };
const REMOVED = new Set(['PodResourceClaim.source']);
/** Where v1.35 differs from the package in what it requires. */
const OPTIONAL = new Set([
  'NetworkPolicySpec.podSelector',
  'PodFailurePolicyOnPodConditionsPattern.status',
  'StatefulSetSpec.serviceName',
]);
const REQUIRED = new Set(['HostAlias.ip', 'HostIP.ip', 'PodIP.ip']);
const ADDED_DISCOVERY = { ForNode: 'name!:s' };
const ADDED_NETWORKING = {
  IPAddress: 'apiVersion:s kind:s metadata:ObjectMeta spec:IPAddressSpec',
  IPAddressSpec: 'parentRef!:ParentReference',
  ParentReference: 'group:s name!:s namespace:s resource!:s',
  ServiceCIDR: 'apiVersion:s kind:s metadata:ObjectMeta spec:ServiceCIDRSpec status:ServiceCIDRStatus',
  ServiceCIDRSpec: 'cidrs:[s]',
  ServiceCIDRStatus: 'conditions:[Condition]',
};

/** "apps/v1": a group is meant in its first version unless it says otherwise. */
const withVersion = (group) => (group.includes('/') ? group : `${group}/v1`);
const files = new Map(
  Object.keys(GROUPS).map((group) => {
    const path = join(source, `${withVersion(group)}.d.ts`);
    return [group, ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022)];
  }),
);
/** Declarations by their key: the bare name, or "group.Name" where an earlier group has that name already. */
const declared = new Map();
for (const [group, file] of files) {
  for (const node of file.statements) {
    if (!ts.isInterfaceDeclaration(node)) continue;
    const name = node.name.text;
    declared.set(declared.has(name) ? `${group}.${name}` : name, { group, name, node });
  }
}

/** The key of a name as a file of the group means it: its own declaration before those of others. */
function keyOf(name, group) {
  if (declared.get(name)?.group === group) return name;
  return declared.has(`${group}.${name}`) ? `${group}.${name}` : name;
}

const done = new Map();

function fieldType(owner, name, node) {
  const stated = TYPES[`${owner}.${name}`];
  if (stated) return stated;
  if (ts.isArrayTypeNode(node)) return `[${fieldType(owner, name, node.elementType)}]`;
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return index ? `{${fieldType(owner, `${name}{}`, index.type)}}` : 'a';
  }
  if (ts.isParenthesizedTypeNode(node)) return fieldType(owner, name, node.type);
  const { group } = declared.get(owner);
  if (node.kind === ts.SyntaxKind.StringKeyword || ts.isLiteralTypeNode(node)) return 's';
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return 'b';
  if (node.kind === ts.SyntaxKind.NumberKeyword) return INT64.has(name) ? 'l' : 'i';
  if (ts.isUnionTypeNode(node)) {
    const kinds = new Set(node.types.map((each) => fieldType(owner, name, each)));
    return kinds.size === 1 ? [...kinds][0] : 'p';
  }
  if (!ts.isTypeReferenceNode(node)) return 'a';
  const reference = lastName(node.typeName);
  if (reference === 'Array') return `[${fieldType(owner, name, node.typeArguments[0])}]`;
  const scalar = {
    Quantity: 'q',
    Time: 't',
    MicroTime: 'm',
    IntOrString: 'p',
    RawExtension: 'r',
    FieldsV1: 'f',
  };
  if (scalar[reference]) return scalar[reference];
  const key = keyOf(reference, group);
  if (!declared.has(key)) return 'a';
  visit(key);
  return key;
}

const lastName = (name) => (ts.isIdentifier(name) ? name.text : name.right.text);

function visit(key) {
  if (done.has(key)) return;
  const { group, node } = declared.get(key);
  done.set(key, { group, fields: '' });
  const fields = node.members
    .filter(ts.isPropertySignature)
    .filter((member) => !REMOVED.has(`${key}.${member.name.text}`))
    .map((member) => {
      const field = member.name.text;
      const path = `${key}.${field}`;
      const required = REQUIRED.has(path) || !(member.questionToken || OPTIONAL.has(path));
      return [field, `${field}${required ? '!' : ''}:${fieldType(key, field, member.type)}`];
    });
  const known = new Set(fields.map(([field]) => field));
  for (const extra of (ADDED_FIELDS[key] ?? '').split(' ').filter(Boolean)) {
    const field = extra.split(/!?:/)[0];
    if (!known.has(field)) fields.push([field, extra]);
  }
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  done.set(key, { group, fields: fields.map(([, text]) => text).join(' ') });
}

for (const [group, roots] of Object.entries(GROUPS)) for (const root of roots) visit(keyOf(root, group));
for (const [name, fields] of Object.entries(ADDED_TYPES))
  if (!done.has(name)) done.set(name, { group: 'core', fields });
for (const [name, fields] of Object.entries(ADDED_DISCOVERY)) done.set(name, { group: 'discovery', fields });
for (const [name, fields] of Object.entries(ADDED_NETWORKING))
  done.set(name, { group: 'networking', fields });
for (const [name, fields] of Object.entries(ADDED_AUTHORIZATION))
  done.set(name, { group: 'authorization', fields });
for (const [name, fields] of Object.entries(ADDED_META)) done.set(name, { group: 'meta', fields });

const HEAD =
  '/* Written by generate.mjs from the kubernetes-types package; the notation is explained in build-schema.ts. */\n';
const OUTPUTS = {
  meta: ['meta'],
  core: ['core'],
  rest: Object.keys(GROUPS).filter((g) => g !== 'meta' && g !== 'core'),
};
const packageOf = (group) =>
  group === 'meta'
    ? 'io.k8s.apimachinery.pkg.apis.meta.v1'
    : `io.k8s.api.${withVersion(group).replace('/', '.')}`;
for (const [file, groups] of Object.entries(OUTPUTS)) {
  const blocks = groups.map((group) => {
    const rows = [...done]
      .filter(([, type]) => type.group === group)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { fields }]) => `    '${key}': '${fields}',`);
    return `  '${packageOf(group)}': {\n${rows.join('\n')}\n  },`;
  });
  const text = `${HEAD}
/** Fields of each Go type, by its package and name. */
export const ${file}Types: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${blocks.join('\n')}
};
`;
  writeFileSync(join(here, `go-types.${file}.ts`), text);
}
