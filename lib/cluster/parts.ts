import type { View } from '../api';
import type { Reach } from './api-port';
import type { ClientPorts } from './client';
import type { CloudPart } from './cloud';
import type { FaultBook } from './faults';
import type { ContainerRegistry } from './kubelet';
import type { Loop } from './loop';
import type { ClusterNetwork } from './network';
import type { ApiServer } from './server';

/** A cluster's parts, joined on one clock and one chance. */
export interface Parts {
  readonly server: ApiServer;
  readonly view: View;
  readonly containers: ContainerRegistry;
  readonly network: ClusterNetwork;
  /** The API server's own way into the cluster. */
  readonly reach: Reach;
  readonly faults: FaultBook;
  readonly loop: Loop;
  /** Undefined on premises. */
  readonly cloud: CloudPart | undefined;
  readonly clientPorts: Omit<ClientPorts, 'become'>;
}
