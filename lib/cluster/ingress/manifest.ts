/** Where ingress-nginx is installed: behind a cloud's load balancer, or on machines of one's own. */
export type ManifestProvider = 'cloud' | 'baremetal';

const VERSION = '1.15.1';
const IMAGE = `registry.k8s.io/ingress-nginx/controller:v${VERSION}`;

/** The manifest by which ingress-nginx is installed without Helm: upstream's, but for the admission webhook. */
export function ingressNginxManifest(provider: ManifestProvider): string {
  const objects = [
    namespace(),
    account(),
    role(),
    clusterRole(),
    binding('RoleBinding'),
    binding('ClusterRoleBinding'),
    configMap(),
    service(provider),
    deployment(provider),
    ingressClass(),
  ];
  return objects.join('---\n');
}

const SELECTOR = {
  'app.kubernetes.io/component': 'controller',
  'app.kubernetes.io/instance': 'ingress-nginx',
  'app.kubernetes.io/name': 'ingress-nginx',
};
const LABELS = {
  ...SELECTOR,
  'app.kubernetes.io/part-of': 'ingress-nginx',
  'app.kubernetes.io/version': VERSION,
};
type Labels = Readonly<Record<string, string>>;

const indented = (lines: readonly string[], blanks: number): string =>
  lines.map((line) => `${' '.repeat(blanks)}${line}\n`).join('');
const labelLines = (labels: Labels): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${key}: ${value}`);

function metadata(name: string, labels: Labels, namespaced = true): string {
  return `metadata:
  labels:
${indented(labelLines(labels), 4)}  name: ${name}
${namespaced ? '  namespace: ingress-nginx\n' : ''}`;
}

function namespace(): string {
  const { 'app.kubernetes.io/component': _, ...labels } = SELECTOR;
  return `apiVersion: v1
kind: Namespace
${metadata('ingress-nginx', labels, false)}`;
}

function account(): string {
  return `apiVersion: v1
automountServiceAccountToken: true
kind: ServiceAccount
${metadata('ingress-nginx', LABELS)}`;
}

/** A rule of a role: groups, resources, verbs, and the one object that it is about. */
type Rule = readonly [group: string, resources: string, verbs: string, name?: string];

function ruleText([group, resources, verbs, name]: Rule): string {
  const list = (key: string, words: string) => [
    `  ${key}:`,
    ...words.split(',').map((word) => `  - ${word}`),
  ];
  return indented(
    [
      '- apiGroups:',
      `  - ${group === '' ? '""' : group}`,
      ...(name === undefined ? [] : list('resourceNames', name)),
      ...list('resources', resources),
      ...list('verbs', verbs),
    ],
    0,
  );
}

/** What the controller may do in all namespaces and in its own. */
const COMMON: readonly Rule[] = [
  ['', 'services', 'get,list,watch'],
  ['networking.k8s.io', 'ingresses', 'get,list,watch'],
  ['', 'events', 'create,patch'],
  ['networking.k8s.io', 'ingresses/status', 'update'],
  ['networking.k8s.io', 'ingressclasses', 'get,list,watch'],
  ['discovery.k8s.io', 'endpointslices', 'list,watch,get'],
];

function role(): string {
  const rules: readonly Rule[] = [
    ['', 'namespaces', 'get'],
    ['', 'configmaps,pods,secrets,endpoints', 'get,list,watch'],
    ...COMMON,
    ['coordination.k8s.io', 'leases', 'get,update', 'ingress-nginx-leader'],
    ['coordination.k8s.io', 'leases', 'create'],
  ];
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
${metadata('ingress-nginx', LABELS)}rules:
${rules.map(ruleText).join('')}`;
}

function clusterRole(): string {
  const { 'app.kubernetes.io/component': _, ...labels } = LABELS;
  const rules: readonly Rule[] = [
    ['', 'configmaps,endpoints,nodes,pods,secrets,namespaces', 'list,watch'],
    ['coordination.k8s.io', 'leases', 'list,watch'],
    ['', 'nodes', 'get'],
    ...COMMON,
  ];
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
${metadata('ingress-nginx', labels, false)}rules:
${rules.map(ruleText).join('')}`;
}

function binding(kind: 'RoleBinding' | 'ClusterRoleBinding'): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
${metadata('ingress-nginx', LABELS, kind === 'RoleBinding')}roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${kind.replace('Binding', '')}
  name: ingress-nginx
subjects:
- kind: ServiceAccount
  name: ingress-nginx
  namespace: ingress-nginx
`;
}

function configMap(): string {
  return `apiVersion: v1
data: null
kind: ConfigMap
${metadata('ingress-nginx-controller', LABELS)}`;
}

function service(provider: ManifestProvider): string {
  const cloud = provider === 'cloud';
  return `apiVersion: v1
kind: Service
${metadata('ingress-nginx-controller', LABELS)}spec:
${cloud ? '  externalTrafficPolicy: Local\n' : ''}  ipFamilies:
  - IPv4
  ipFamilyPolicy: SingleStack
  ports:
  - appProtocol: http
    name: http
    port: 80
    protocol: TCP
    targetPort: http
  - appProtocol: https
    name: https
    port: 443
    protocol: TCP
    targetPort: https
  selector:
${indented(labelLines(SELECTOR), 4)}  type: ${cloud ? 'LoadBalancer' : 'NodePort'}
`;
}

function deployment(provider: ManifestProvider): string {
  const published =
    provider === 'cloud' ? ['--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller'] : [];
  const args = [
    '/nginx-ingress-controller',
    ...published,
    '--election-id=ingress-nginx-leader',
    '--controller-class=k8s.io/ingress-nginx',
    '--ingress-class=nginx',
    '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller',
  ];
  return `apiVersion: apps/v1
kind: Deployment
${metadata('ingress-nginx-controller', LABELS)}spec:
  minReadySeconds: 0
  revisionHistoryLimit: 10
  selector:
    matchLabels:
${indented(labelLines(SELECTOR), 6)}  strategy:
    rollingUpdate:
      maxUnavailable: 1
    type: RollingUpdate
  template:
    metadata:
      labels:
${indented(labelLines(LABELS), 8)}    spec:
      automountServiceAccountToken: true
      containers:
      - args:
${indented(
  args.map((arg) => `- ${arg}`),
  8,
)}        env:
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: POD_NAMESPACE
          valueFrom:
            fieldRef:
              fieldPath: metadata.namespace
        - name: LD_PRELOAD
          value: /usr/local/lib/libmimalloc.so
        image: ${IMAGE}
        imagePullPolicy: IfNotPresent
        lifecycle:
          preStop:
            exec:
              command:
              - /wait-shutdown
        livenessProbe:
          failureThreshold: 5
${probe()}        name: controller
        ports:
        - containerPort: 80
          name: http
          protocol: TCP
        - containerPort: 443
          name: https
          protocol: TCP
        readinessProbe:
          failureThreshold: 3
${probe()}        resources:
          requests:
            cpu: 100m
            memory: 90Mi
        securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            add:
            - NET_BIND_SERVICE
            drop:
            - ALL
          readOnlyRootFilesystem: false
          runAsGroup: 82
          runAsNonRoot: true
          runAsUser: 101
          seccompProfile:
            type: RuntimeDefault
      dnsPolicy: ClusterFirst
      nodeSelector:
        kubernetes.io/os: linux
      serviceAccountName: ingress-nginx
      terminationGracePeriodSeconds: 300
`;
}

const probe = (): string => `          httpGet:
            path: /healthz
            port: 10254
            scheme: HTTP
          initialDelaySeconds: 10
          periodSeconds: 10
          successThreshold: 1
          timeoutSeconds: 1
`;

function ingressClass(): string {
  return `apiVersion: networking.k8s.io/v1
kind: IngressClass
${metadata('nginx', LABELS, false)}spec:
  controller: k8s.io/ingress-nginx
`;
}
