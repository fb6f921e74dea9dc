import type { Pod } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { podColumns } from './columns';
import { setPodDefaults } from './defaults';
import { podQosClass } from './qos';
import { validatePod } from './validate';
import { nameWarnings, podWarnings } from './warnings';

/** Pod of core/v1. */
export const podKind = defineKind<Pod>({
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  subresources: [
    'attach',
    'binding',
    'ephemeralcontainers',
    'eviction',
    'exec',
    'log',
    'portforward',
    'proxy',
    'resize',
    'status',
  ],
  hasGeneration: true,
  schema: schemaOf('Pod'),
  columns: podColumns,
  selectableFields: {
    'spec.nodeName': (pod) => pod.spec?.nodeName ?? '',
    'spec.restartPolicy': (pod) => pod.spec?.restartPolicy ?? '',
    'spec.schedulerName': (pod) => pod.spec?.schedulerName ?? '',
    'spec.serviceAccountName': (pod) => pod.spec?.serviceAccountName ?? '',
    'spec.hostNetwork': (pod) => String(pod.spec?.hostNetwork ?? false),
    'status.phase': (pod) => pod.status?.phase ?? '',
    'status.podIP': (pod) => pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP ?? '',
    'status.podIPs': (pod) => pod.status?.podIPs?.[0]?.ip ?? '',
    'status.nominatedNodeName': (pod) => pod.status?.nominatedNodeName ?? '',
  },
  setDefaults: setPodDefaults,
  prepareForCreate: (pod) => ({
    ...pod,
    status: { phase: 'Pending', qosClass: podQosClass(pod.spec ?? { containers: [] }) },
  }),
  prepareForUpdate: (next, previous) => ({
    ...next,
    ...(previous.status ? { status: previous.status } : {}),
  }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
    metadata: {
      ...next.metadata,
      ...(previous.metadata.ownerReferences ? { ownerReferences: previous.metadata.ownerReferences } : {}),
    },
  }),
  validate: validatePod,
  warnings: (pod, previous) => [
    ...(previous ? [] : nameWarnings(pod.metadata.name, "the Pod's hostname")),
    ...podWarnings(pod),
  ],
});
