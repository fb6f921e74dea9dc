import type { Service } from '../../types';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import { serviceColumns } from './columns';
import { setServiceDefaults } from './defaults';
import { prepareServiceForCreate, prepareServiceForUpdate } from './prepare';
import { validateService } from './validate';
import { serviceWarnings } from './warnings';

/** Service of core/v1. Cluster IPs and node ports are allocated between preparing and validating. */
export const serviceKind = defineKind<Service>({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  shortNames: ['svc'],
  categories: ['all'],
  subresources: ['proxy', 'status'],
  schema: schemaOf('Service'),
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': (service) => service.spec?.clusterIP ?? '',
    'spec.type': (service) => service.spec?.type ?? '',
  },
  setDefaults: setServiceDefaults,
  defaultsDeepInStatus: true,
  prepareForCreate: prepareServiceForCreate,
  prepareForUpdate: prepareServiceForUpdate,
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateService,
  warnings: serviceWarnings,
});
