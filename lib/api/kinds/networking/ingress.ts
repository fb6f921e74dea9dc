import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Ingress } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  dns1035Label,
  dns1123Subdomain,
  invalidEach,
  invalidValue,
  notSupported,
  portName,
  portNumber,
  required,
  validateObjectMeta,
  validateObjectMetaUpdate,
  wildcardDns1123Subdomain,
} from '../validation';
import { validateReference } from './validate-reference';

type Spec = NonNullable<Ingress['spec']>;
type Rule = NonNullable<Spec['rules']>[number];
type Path = NonNullable<Rule['http']>['paths'][number];
type Backend = NonNullable<Spec['defaultBackend']>;

/** Ingress of networking.k8s.io/v1. */
export const ingressKind = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  shortNames: ['ing'],
  subresources: ['status'],
  hasGeneration: true,
  schema: schemaOf('Ingress'),
  columns: [
    nameColumn(),
    textColumn('Class', 'The class whose controller serves it.', ({ spec, metadata }) => {
      return spec?.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? '<none>';
    }),
    textColumn('Hosts', 'Hosts that incoming requests are matched against before the ingress rule', hosts),
    textColumn('Address', 'Ingress points of the load balancer.', ({ status }) => {
      const points = (status?.loadBalancer?.ingress ?? []).flatMap(
        ({ ip, hostname }) => ip || hostname || [],
      );
      return [...new Set(points)].sort().join(',');
    }),
    textColumn('Ports', 'Ports of TLS configurations that open', ({ spec }) => {
      return spec?.tls?.length ? '80, 443' : '80';
    }),
    ageColumn(),
  ],
  setDefaults: (ingress) => ({
    ...ingress,
    spec: ingress.spec ?? {},
    status: { ...ingress.status, loadBalancer: ingress.status?.loadBalancer ?? {} },
  }),
  prepareForCreate: (ingress) => ({ ...ingress, status: { loadBalancer: {} } }),
  prepareForUpdate: (next, previous) => ({ ...next, status: previous.status ?? { loadBalancer: {} } }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateIngress,
  warnings: ({ metadata }) =>
    metadata.annotations?.['kubernetes.io/ingress.class'] === undefined
      ? []
      : [
          'annotation "kubernetes.io/ingress.class" is deprecated, please use \'spec.ingressClassName\' instead',
        ],
});

/** At most so many hosts are named in a table. */
const LISTED = 3;

function hosts({ spec }: Ingress): string {
  const named = (spec?.rules ?? []).flatMap(({ host }) => host || []);
  if (named.length === 0) return '*';
  const shown = named.slice(0, LISTED).join(',');
  return named.length > LISTED ? `${shown} + ${named.length - LISTED} more...` : shown;
}

function validateIngress(ingress: Ingress, previous?: Stored<Ingress>): FieldError[] {
  const spec = ingress.spec ?? {};
  return [
    ...(previous
      ? validateObjectMetaUpdate(ingress.metadata, previous.metadata)
      : validateObjectMeta(ingress.metadata, { namespaced: true })),
    ...(spec.rules?.length || spec.defaultBackend
      ? []
      : [
          invalidValue(
            'spec',
            spec.rules ? [] : null,
            'either `defaultBackend` or `rules` must be specified',
          ),
        ]),
    ...(spec.defaultBackend ? validateBackend(spec.defaultBackend, 'spec.defaultBackend') : []),
    ...(spec.rules ?? []).flatMap((rule, index) => validateRule(rule, `spec.rules[${index}]`)),
    ...(spec.tls ?? []).flatMap(({ hosts: names = [], secretName }, index) => [
      ...names.flatMap((name, at) => validateName(name, `spec.tls[${index}].hosts[${at}]`)),
      ...(secretName
        ? invalidEach(`spec.tls[${index}].secretName`, secretName, dns1123Subdomain(secretName))
        : []),
    ]),
    ...(spec.ingressClassName
      ? invalidEach('spec.ingressClassName', spec.ingressClassName, dns1123Subdomain(spec.ingressClassName))
      : []),
    ...(previous ? [] : validateClassTwice(ingress.metadata.annotations?.[CLASS], spec.ingressClassName)),
  ];
}

/** Named by the old annotation and by the field, a class must be the same. */
function validateClassTwice(old: string | undefined, name: string | undefined): FieldError[] {
  if (old === undefined || name === undefined || old === name) return [];
  const detail = 'must match `ingressClassName` when both are specified';
  return [invalidValue(`annotations.${CLASS}`, old, detail)];
}

/** The annotation that named a class before there was a field. */
const CLASS = 'kubernetes.io/ingress.class';

function validateHost(host: string, field: string): FieldError[] {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) {
    return [invalidValue(field, host, 'must be a DNS name, not an IP address')];
  }
  return validateName(host, field);
}

const validateName = (host: string, field: string): FieldError[] =>
  invalidEach(field, host, host.includes('*') ? wildcardDns1123Subdomain(host) : dns1123Subdomain(host));

function validateRule({ host, http }: Rule, field: string): FieldError[] {
  const errors = host ? validateHost(host, `${field}.host`) : [];
  if (!http) return errors;
  const paths = http.paths ?? [];
  if (paths.length === 0) return [...errors, required(`${field}.http.paths`)];
  return [...errors, ...paths.flatMap((path, index) => validatePath(path, `${field}.http.paths[${index}]`))];
}

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'];
const FORBIDDEN_IN_PATHS = ['//', '/./', '/../', '%2f', '%2F'];
const FORBIDDEN_ENDS = ['/..', '/.'];

function validatePath({ path = '', pathType, backend }: Path, field: string): FieldError[] {
  const errors: FieldError[] = [];
  const at = `${field}.path`;
  if (!pathType) return [required(`${field}.pathType`, 'pathType must be specified')];
  if (!PATH_TYPES.includes(pathType)) {
    errors.push(notSupported(`${field}.pathType`, pathType, PATH_TYPES));
  } else if (pathType !== 'ImplementationSpecific') {
    if (!path.startsWith('/')) errors.push(invalidValue(at, path, 'must be an absolute path'));
    for (const part of FORBIDDEN_IN_PATHS.filter((each) => path.includes(each))) {
      errors.push(invalidValue(at, path, `must not contain '${part}'`));
    }
    for (const end of FORBIDDEN_ENDS.filter((each) => path.endsWith(each))) {
      errors.push(invalidValue(at, path, `cannot end with '${end}'`));
    }
  } else if (path !== '' && !path.startsWith('/')) {
    errors.push(invalidValue(at, path, 'must be an absolute path'));
  }
  return [...errors, ...validateBackend(backend ?? {}, `${field}.backend`)];
}

function validateBackend({ service, resource }: Backend, field: string): FieldError[] {
  if (resource && service) return [invalidValue(field, '', 'cannot set both resource and service backends')];
  if (resource) return validateReference(resource, `${field}.resource`);
  if (!service) return [invalidValue(field, '', 'resource or service backend is required')];
  const { name, port } = service;
  const errors = name
    ? invalidEach(`${field}.service.name`, name, dns1035Label(name))
    : [required(`${field}.service.name`)];
  if (port?.name && port.number) {
    errors.push(invalidValue(field, '', 'cannot set both port name & port number'));
  } else if (port?.name) {
    errors.push(...invalidEach(`${field}.service.port.name`, port.name, portName(port.name)));
  } else if (port?.number) {
    errors.push(...invalidEach(`${field}.service.port.number`, port.number, portNumber(port.number)));
  } else errors.push(required(field, 'port name or number is required'));
  return errors;
}
