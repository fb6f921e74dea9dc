import { findKind, type KubeObject } from '../../api';
import { componentImage, nodeNameOf } from './versions';

const LABELS = { 'k8s-app': 'kube-proxy' };
/** Name endings of the Pods where no DaemonSet makes them: always the same, so that a seed changes nothing here. */
const SUFFIXES = ['7xk2p', 'b9wzq', 'n4t6d', 'q8h5v', 'zr2mc', 'f6jdl', 'v5skw', 'x9pgt', 'c4nhb', 'm7zrf'];

/** kube-proxy: its account, configuration, and one Pod a node. */
export function proxyObjects(nodes: number): readonly KubeObject[] {
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'kube-proxy', namespace: 'kube-system' },
  };
  return [account, configMap(), ...(findKind('apps', 'v1', 'DaemonSet') ? [daemonSet()] : pods(nodes))];
}

function configMap(): KubeObject {
  const lines = [
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
    'bindAddress: 0.0.0.0',
    'clientConnection:',
    '  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf',
    'clusterCIDR: 10.244.0.0/16',
    'kind: KubeProxyConfiguration',
    'mode: ""',
    '',
  ];
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy', namespace: 'kube-system', labels: { app: 'kube-proxy' } },
    data: { 'config.conf': lines.join('\n') },
  };
  return object;
}

function podSpec(): object {
  return {
    hostNetwork: true,
    priorityClassName: 'system-node-critical',
    serviceAccountName: 'kube-proxy',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ operator: 'Exists' }],
    containers: [
      {
        name: 'kube-proxy',
        image: componentImage('kube-proxy'),
        imagePullPolicy: 'IfNotPresent',
        command: [
          '/usr/local/bin/kube-proxy',
          '--config=/var/lib/kube-proxy/config.conf',
          '--hostname-override=$(NODE_NAME)',
        ],
        env: [
          { name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
        ],
        securityContext: { privileged: true },
        volumeMounts: [{ name: 'kube-proxy', mountPath: '/var/lib/kube-proxy' }],
      },
    ],
    volumes: [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }],
  };
}

function daemonSet(): KubeObject {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', namespace: 'kube-system', labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      template: { metadata: { labels: LABELS }, spec: podSpec() },
    },
  };
  return object;
}

function pods(nodes: number): readonly KubeObject[] {
  return Array.from({ length: nodes }, (_, index) => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `kube-proxy-${SUFFIXES[index % SUFFIXES.length] ?? ''}`,
        generateName: 'kube-proxy-',
        namespace: 'kube-system',
        labels: LABELS,
      },
      spec: { ...podSpec(), nodeName: nodeNameOf(index) },
    };
    return pod;
  });
}
