import type { KubeObject } from '../../api';
import { formatMicroTime, formatTime } from '../../base';
import {
  COREDNS_IMAGE,
  componentImage,
  ETCD_IMAGE,
  KUBERNETES_VERSION,
  nodeAddressOf,
  nodeNameOf,
  PAUSE_IMAGE,
} from './versions';

const CAPACITY = { cpu: '4', 'ephemeral-storage': '50Gi', memory: '8Gi', pods: '110' };

/** What kubeadm labels a node of the control plane with. */
const CONTROL_PLANE_LABELS = {
  'node-role.kubernetes.io/control-plane': '',
  'node.kubernetes.io/exclude-from-external-load-balancers': '',
};

/** A node as it stands once its kubelet has joined and the network plugin has reported. */
export function nodeObject(index: number, now: number): KubeObject {
  const name = nodeNameOf(index);
  const isControlPlane = index === 0;
  const podCIDR = `10.244.${index}.0/24`;
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        ...(isControlPlane ? CONTROL_PLANE_LABELS : {}),
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      ...(isControlPlane
        ? { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }
        : {}),
    },
    status: {
      capacity: CAPACITY,
      allocatable: CAPACITY,
      conditions: conditions(now),
      addresses: [
        { type: 'InternalIP', address: nodeAddressOf(index) },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(index),
      images: images(isControlPlane),
    },
  };
  return node;
}

function conditions(now: number): readonly object[] {
  const time = formatTime(now);
  const condition = (type: string, status: string, reason: string, message: string): object => ({
    type,
    status,
    lastHeartbeatTime: time,
    lastTransitionTime: time,
    reason,
    message,
  });
  return [
    condition(
      'MemoryPressure',
      'False',
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}

function nodeInfo(index: number): object {
  return {
    machineID: `0123456789abcdef0123456789abcde${index}`,
    systemUUID: `6f2e5f6c-0000-4000-9000-00000000000${index}`,
    bootID: `6f2e5f6c-0000-4000-8000-00000000000${index}`,
    kernelVersion: '6.1.0-13-amd64',
    osImage: 'Debian GNU/Linux 12 (bookworm)',
    containerRuntimeVersion: 'containerd://2.1.5',
    kubeletVersion: KUBERNETES_VERSION,
    kubeProxyVersion: '',
    operatingSystem: 'linux',
    architecture: 'amd64',
  };
}

function images(isControlPlane: boolean): readonly object[] {
  const common = [
    { names: [COREDNS_IMAGE], sizeBytes: 22_380_000 },
    { names: [componentImage('kube-proxy')], sizeBytes: 25_800_000 },
    { names: [PAUSE_IMAGE], sizeBytes: 320_000 },
  ];
  if (!isControlPlane) return common;
  return [
    { names: [ETCD_IMAGE], sizeBytes: 23_600_000 },
    { names: [componentImage('kube-apiserver')], sizeBytes: 27_700_000 },
    ...common,
  ];
}

/** The node's heartbeat; its renewals are not written (`cluster/heartbeats`). */
export function leaseObject(index: number, now: number): KubeObject {
  const name = nodeNameOf(index);
  const lease = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-node-lease' },
    spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: formatMicroTime(now) },
  };
  return lease;
}
