import type { Service } from '../../../api';

const HEADLESS = 'service.kubernetes.io/headless';
const RESERVED = new Set(['endpointslice.kubernetes.io/managed-by', 'kubernetes.io/service-name', HEADLESS]);

/** The labels of a Service's slices: its own but the reserved ones, and those that say what the slice is. */
export function sliceLabels(service: Service, manager: string): Readonly<Record<string, string>> {
  const own = Object.entries(service.metadata.labels ?? {}).filter(([key]) => !RESERVED.has(key));
  const headless = service.spec?.clusterIP === 'None' && service.spec.type !== 'ExternalName';
  return {
    ...Object.fromEntries(own),
    'endpointslice.kubernetes.io/managed-by': manager,
    'kubernetes.io/service-name': service.metadata.name ?? '',
    ...(headless ? { [HEADLESS]: '' } : {}),
  };
}
