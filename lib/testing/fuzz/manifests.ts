import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../api';
import { assert } from '../../base';

const POD = `
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: nginx
        ports: [{ name: http, containerPort: 80 }]
        resources: { requests: { cpu: 100m, memory: 64Mi }, limits: { memory: 1Gi } }`;
const JOB_POD =
  '{ metadata: { labels: { app: job } }, spec: { restartPolicy: Never, containers: [{ name: c, image: busybox, command: ["true"] }] } }';

/** One object of each kind that the API takes as it stands. */
const TEXT = `
{ apiVersion: v1, kind: ConfigMap, metadata: { labels: { app: web } }, data: { a: b }, binaryData: { c: aGVsbG8= } }
---
{ apiVersion: v1, kind: Endpoints, subsets: [{ addresses: [{ ip: 10.0.0.9 }], ports: [{ name: http, port: 80 }] }] }
---
{ apiVersion: v1, kind: Event, involvedObject: { kind: Pod, name: a, namespace: fuzz }, reason: Started, message: x, type: Normal, source: { component: me } }
---
{ apiVersion: v1, kind: LimitRange, spec: { limits: [{ type: Container, default: { cpu: 200m }, defaultRequest: { cpu: 100m }, max: { cpu: "2" } }] } }
---
{ apiVersion: v1, kind: Namespace, metadata: { labels: { team: a } } }
---
{ apiVersion: v1, kind: Node, metadata: { labels: { disk: ssd } }, spec: { taints: [{ key: a, value: b, effect: NoSchedule }] } }
---
{ apiVersion: v1, kind: PersistentVolumeClaim, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }
---
{ apiVersion: v1, kind: PersistentVolume, spec: { capacity: { storage: 1Gi }, accessModes: [ReadWriteOnce], hostPath: { path: /data } } }
---
apiVersion: v1
kind: Pod
metadata: { labels: { app: web } }
spec:
  containers:
  - name: web
    image: nginx
    ports: [{ name: http, containerPort: 80 }]
    env: [{ name: A, value: b }, { name: IP, valueFrom: { fieldRef: { fieldPath: status.podIP } } }]
    readinessProbe: { httpGet: { path: /, port: http } }
    volumeMounts: [{ name: data, mountPath: /data }]
  initContainers: [{ name: init, image: busybox, command: ["true"] }]
  volumes: [{ name: data, emptyDir: {} }, { name: conf, configMap: { name: a, optional: true } }]
  tolerations: [{ key: a, operator: Exists }]
---
{ apiVersion: v1, kind: ResourceQuota, spec: { hard: { pods: "50", services.nodeports: "20" } } }
---
{ apiVersion: v1, kind: Secret, type: Opaque, data: { a: aGVsbG8= }, stringData: { b: c } }
---
{ apiVersion: v1, kind: ServiceAccount }
---
{ apiVersion: v1, kind: Service, metadata: { labels: { app: web } }, spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }] } }
---
{ apiVersion: apps/v1, kind: ControllerRevision, revision: 1, data: { a: b } }
---
apiVersion: apps/v1
kind: DaemonSet
spec:
  selector: { matchLabels: { app: web } }
  template:${POD}
---
apiVersion: apps/v1
kind: Deployment
metadata: { labels: { app: web } }
spec:
  replicas: 2
  strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 1, maxUnavailable: 25% } }
  selector: { matchLabels: { app: web } }
  template:${POD}
---
apiVersion: apps/v1
kind: ReplicaSet
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:${POD}
---
apiVersion: apps/v1
kind: StatefulSet
spec:
  serviceName: web
  selector: { matchLabels: { app: web } }
  volumeClaimTemplates:
  - { metadata: { name: d }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } } }
  template:${POD}
---
{ apiVersion: events.k8s.io/v1, kind: Event, eventTime: "2026-01-05T09:00:00.000000Z", reportingController: me, reportingInstance: me-1, action: Start, reason: Started, type: Normal, regarding: { kind: Pod, name: a, namespace: fuzz } }
---
{ apiVersion: authentication.k8s.io/v1, kind: SelfSubjectReview }
---
{ apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: { token: a.b.c } }
---
{ apiVersion: authorization.k8s.io/v1, kind: LocalSubjectAccessReview, metadata: { namespace: fuzz }, spec: { user: a, resourceAttributes: { namespace: fuzz, verb: get, resource: pods } } }
---
{ apiVersion: authorization.k8s.io/v1, kind: SelfSubjectAccessReview, spec: { resourceAttributes: { verb: get, resource: pods } } }
---
{ apiVersion: authorization.k8s.io/v1, kind: SelfSubjectRulesReview, spec: { namespace: fuzz } }
---
{ apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, spec: { user: a, groups: [b], nonResourceAttributes: { path: /healthz, verb: get } } }
---
{ apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, minReplicas: 1, maxReplicas: 3, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }] } }
---
{ apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }, maxReplicas: 3, targetCPUUtilizationPercentage: 50 } }
---
{ apiVersion: batch/v1, kind: CronJob, spec: { schedule: "*/5 * * * *", jobTemplate: { spec: { template: ${JOB_POD} } } } }
---
{ apiVersion: batch/v1, kind: Job, spec: { completions: 2, parallelism: 1, backoffLimit: 2, template: ${JOB_POD} } }
---
{ apiVersion: networking.k8s.io/v1, kind: IngressClass, spec: { controller: example.com/one } }
---
{ apiVersion: networking.k8s.io/v1, kind: Ingress, spec: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] } }
---
{ apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: { name: 192.0.2.7 }, spec: { parentRef: { resource: services, namespace: fuzz, name: web } } }
---
{ apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, spec: { cidrs: [10.250.0.0/24] } }
---
{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Ingress, Egress], ingress: [{ from: [{ namespaceSelector: {} }, { ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 80, endPort: 90, protocol: TCP }] }] } }
---
{ apiVersion: policy/v1, kind: PodDisruptionBudget, spec: { minAvailable: 1, selector: { matchLabels: { app: web } } } }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }, subjects: [{ kind: User, apiGroup: rbac.authorization.k8s.io, name: jane }] }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, rules: [{ apiGroups: [""], resources: [pods], verbs: [get, list] }] }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: a }, subjects: [{ kind: ServiceAccount, name: default, namespace: fuzz }] }
---
{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, rules: [{ apiGroups: [apps], resources: [deployments], verbs: ["*"], resourceNames: [web] }] }
---
{ apiVersion: storage.k8s.io/v1, kind: StorageClass, provisioner: example.com/disk, volumeBindingMode: WaitForFirstConsumer, allowVolumeExpansion: true }
---
{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, value: 100, description: x }
---
{ apiVersion: coordination.k8s.io/v1, kind: Lease, spec: { holderIdentity: me, leaseDurationSeconds: 15, renewTime: "2026-01-05T09:00:00.000000Z" } }
---
{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { labels: { kubernetes.io/service-name: web } }, addressType: IPv4, endpoints: [{ addresses: [10.0.0.8], conditions: { ready: true } }], ports: [{ name: http, port: 80, protocol: TCP }] }
`;

type Manifest = KubeObject & Readonly<Record<string, unknown>>;

const MANIFESTS: ReadonlyMap<string, Manifest> = new Map(
  parseAllDocuments(TEXT).map((document) => {
    const manifest = document.toJS() as Manifest;
    return [`${manifest.apiVersion} ${manifest.kind}`, { ...manifest, metadata: manifest.metadata ?? {} }];
  }),
);

/** An object of a kind that the API takes as it stands, once it has a name. */
export function manifestOf(apiVersion: string, kind: string): Manifest {
  const manifest = MANIFESTS.get(`${apiVersion} ${kind}`);
  assert(manifest, `there is a manifest of ${apiVersion} ${kind}`);
  return manifest;
}
