import type { KubeObject } from '../../api';
import { componentImage, ETCD_IMAGE, nodeAddressOf, nodeNameOf } from './versions';

const HOST = nodeAddressOf(0);
const CERTIFICATES = '/etc/kubernetes/pki';

interface Component {
  readonly name: string;
  readonly image: string;
  readonly cpu: string;
  readonly command: readonly string[];
}

const COMPONENTS: readonly Component[] = [
  {
    name: 'etcd',
    image: ETCD_IMAGE,
    cpu: '100m',
    command: [
      'etcd',
      `--advertise-client-urls=https://${HOST}:2379`,
      '--data-dir=/var/lib/etcd',
      `--listen-client-urls=https://127.0.0.1:2379,https://${HOST}:2379`,
      '--name=control-plane',
    ],
  },
  {
    name: 'kube-apiserver',
    image: componentImage('kube-apiserver'),
    cpu: '250m',
    command: [
      'kube-apiserver',
      `--advertise-address=${HOST}`,
      '--authorization-mode=Node,RBAC',
      `--client-ca-file=${CERTIFICATES}/ca.crt`,
      '--enable-admission-plugins=NodeRestriction',
      '--etcd-servers=https://127.0.0.1:2379',
      '--secure-port=6443',
      '--service-cluster-ip-range=10.96.0.0/12',
    ],
  },
  {
    name: 'kube-controller-manager',
    image: componentImage('kube-controller-manager'),
    cpu: '200m',
    command: [
      'kube-controller-manager',
      '--allocate-node-cidrs=true',
      '--cluster-cidr=10.244.0.0/16',
      '--controllers=*,bootstrapsigner,tokencleaner',
      '--leader-elect=true',
      '--service-cluster-ip-range=10.96.0.0/12',
      '--use-service-account-credentials=true',
    ],
  },
  {
    name: 'kube-scheduler',
    image: componentImage('kube-scheduler'),
    cpu: '100m',
    command: ['kube-scheduler', '--kubeconfig=/etc/kubernetes/scheduler.conf', '--leader-elect=true'],
  },
];

/** The control plane's own Pods, as the API shows what the kubelet runs from its manifests. */
export function staticPods(): readonly KubeObject[] {
  return COMPONENTS.map(staticPod);
}

function staticPod({ name, image, cpu, command }: Component): KubeObject {
  const node = nodeNameOf(0);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${node}`,
      namespace: 'kube-system',
      labels: { component: name, tier: 'control-plane' },
      annotations: { 'kubernetes.io/config.source': 'file', 'kubernetes.io/config.mirror': mirrorHash(name) },
    },
    spec: {
      hostNetwork: true,
      nodeName: node,
      priority: 2000001000,
      priorityClassName: 'system-node-critical',
      enableServiceLinks: false,
      automountServiceAccountToken: false,
      containers: [
        { name, image, imagePullPolicy: 'IfNotPresent', command, resources: { requests: { cpu } } },
      ],
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      tolerations: [{ effect: 'NoExecute', operator: 'Exists' }],
    },
  };
  return pod;
}

/** Stands for the hash of the manifest file: 32 hexadecimal digits, always the same for one component. */
function mirrorHash(name: string): string {
  let hash = 0x811c9dc5;
  let text = '';
  for (let round = 0; text.length < 32; round += 1) {
    for (const letter of `${name}${round}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    text += hash.toString(16).padStart(8, '0');
  }
  return text.slice(0, 32);
}
