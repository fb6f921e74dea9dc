import type { KindSpec } from '../kind-spec';
import { configMapKind, secretKind, serviceAccountKind } from './config';
import { endpointSliceKind, endpointsKind } from './endpoints';
import { eventKind } from './event';
import { namespaceKind } from './namespace';
import { nodeKind } from './node';
import { podKind } from './pod';
import { serviceKind } from './service';
import { deploymentKind, replicaSetKind } from './workloads';

/** Every kind served, in discovery's order: groups by priority, resources by name. */
export const kinds: readonly KindSpec[] = [
  configMapKind,
  endpointsKind,
  eventKind,
  namespaceKind,
  nodeKind,
  podKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  deploymentKind,
  replicaSetKind,
  endpointSliceKind,
];
