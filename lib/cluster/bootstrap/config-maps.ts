import type { KubeObject } from '../../api';
import { KUBERNETES_VERSION, nodeAddressOf } from './versions';

const SERVER = `https://${nodeAddressOf(0)}:6443`;

/** What kubeadm leaves in ConfigMaps for later joins and upgrades. */
export function configMaps(): readonly KubeObject[] {
  return [
    configMap('kube-system', 'kubeadm-config', {
      ClusterConfiguration: [
        'apiVersion: kubeadm.k8s.io/v1beta4',
        'certificatesDir: /etc/kubernetes/pki',
        'clusterName: kubernetes',
        'imageRepository: registry.k8s.io',
        'kind: ClusterConfiguration',
        `kubernetesVersion: ${KUBERNETES_VERSION}`,
        'networking:',
        '  dnsDomain: cluster.local',
        '  podSubnet: 10.244.0.0/16',
        '  serviceSubnet: 10.96.0.0/12',
        '',
      ].join('\n'),
    }),
    configMap('kube-system', 'kubelet-config', {
      kubelet: [
        'apiVersion: kubelet.config.k8s.io/v1beta1',
        'cgroupDriver: systemd',
        'clusterDNS:',
        '- 10.96.0.10',
        'clusterDomain: cluster.local',
        'kind: KubeletConfiguration',
        'rotateCertificates: true',
        'staticPodPath: /etc/kubernetes/manifests',
        '',
      ].join('\n'),
    }),
    configMap('kube-public', 'cluster-info', {
      kubeconfig: [
        'apiVersion: v1',
        'clusters:',
        '- cluster:',
        `    server: ${SERVER}`,
        '  name: ""',
        'contexts: null',
        'current-context: ""',
        'kind: Config',
        'users: null',
        '',
      ].join('\n'),
    }),
  ];
}

function configMap(namespace: string, name: string, data: Readonly<Record<string, string>>): KubeObject {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
  return object;
}
