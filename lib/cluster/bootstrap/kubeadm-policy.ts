import type { KubeObject } from '../../api';
import { clusterRole, clusterRoleBinding, role, roleBinding } from '../server';

const JOINERS = 'Group:system:bootstrappers:kubeadm:default-node-token';
const NODES = 'Group:system:nodes';
const CSR = 'system:certificates.k8s.io:certificatesigningrequests';

const inSystem = (name: string) => ({ name, namespace: 'kube-system' });
const inPublic = (name: string) => ({ name, namespace: 'kube-public' });

/** The roles and bindings that kubeadm adds to the API server's own: its admins, joining nodes, CoreDNS, kube-proxy. */
export function kubeadmPolicy(): readonly KubeObject[] {
  const bound = (name: string, to: string, ...who: readonly string[]) =>
    clusterRoleBinding({ name }, to, who);
  return [
    bound('kubeadm:cluster-admins', 'cluster-admin', 'Group:kubeadm:cluster-admins'),
    clusterRole({ name: 'kubeadm:get-nodes' }, ['get core nodes']),
    bound('kubeadm:get-nodes', 'kubeadm:get-nodes', JOINERS),
    bound('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', JOINERS),
    bound('kubeadm:node-autoapprove-bootstrap', `${CSR}:nodeclient`, JOINERS),
    bound('kubeadm:node-autoapprove-certificate-rotation', `${CSR}:selfnodeclient`, NODES),
    bound('kubeadm:node-proxier', 'system:node-proxier', 'ServiceAccount:kube-system/kube-proxy'),
    clusterRole({ name: 'system:coredns' }, [
      'list,watch core endpoints,services,pods,namespaces',
      'list,watch discovery.k8s.io endpointslices',
    ]),
    bound('system:coredns', 'system:coredns', 'ServiceAccount:kube-system/coredns'),
    role(inSystem('kube-proxy'), ['get core configmaps kube-proxy']),
    roleBinding(inSystem('kube-proxy'), 'kube-proxy', [JOINERS]),
    role(inSystem('kubeadm:kubelet-config'), ['get core configmaps kubelet-config']),
    roleBinding(inSystem('kubeadm:kubelet-config'), 'kubeadm:kubelet-config', [NODES, JOINERS]),
    role(inSystem('kubeadm:nodes-kubeadm-config'), ['get core configmaps kubeadm-config']),
    roleBinding(inSystem('kubeadm:nodes-kubeadm-config'), 'kubeadm:nodes-kubeadm-config', [JOINERS, NODES]),
    role(inPublic('kubeadm:bootstrap-signer-clusterinfo'), ['get core configmaps cluster-info']),
    roleBinding(inPublic('kubeadm:bootstrap-signer-clusterinfo'), 'kubeadm:bootstrap-signer-clusterinfo', [
      'User:system:anonymous',
    ]),
  ];
}
