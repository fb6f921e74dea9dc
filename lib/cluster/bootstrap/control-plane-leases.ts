import type { Lease } from '../../api';
import { formatMicroTime } from '../../base';
import { nodeNameOf } from './versions';

const HOST = nodeNameOf(0);
/** Of the host's and the server's name: the first half of a SHA-256 over both, in base 32. */
const API_SERVER = 'apiserver-6vzvajxlkf7lcarzgdc4jnyaru';

/** What the control plane's programs hold in kube-system: who leads, and which API server there is. */
export function controlPlaneLeases(now: number): readonly Lease[] {
  const time = formatMicroTime(now);
  const leader = (name: string, run: string): Lease => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'kube-system' },
    spec: {
      acquireTime: time,
      holderIdentity: `${HOST}_${run}`,
      leaseDurationSeconds: 15,
      leaseTransitions: 0,
      renewTime: time,
    },
  });
  return [
    {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: API_SERVER,
        namespace: 'kube-system',
        labels: {
          'apiserver.kubernetes.io/identity': 'kube-apiserver',
          'kubernetes.io/hostname': HOST,
        },
      },
      spec: {
        holderIdentity: `${API_SERVER}_2f6c1a37-91a5-4b0e-8f57-6d0c3b4e9a12`,
        leaseDurationSeconds: 3600,
        renewTime: time,
      },
    },
    leader('kube-controller-manager', 'b7d40c52-6a1e-4f39-9c83-0e5f7a2d1b64'),
    leader('kube-scheduler', '4e9f8b13-d02c-47a6-b5e1-93c7f6081da5'),
  ];
}
