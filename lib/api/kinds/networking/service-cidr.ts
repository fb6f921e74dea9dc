import { goStruct } from '../../go-format';
import type { FieldError } from '../../status';
import type { ServiceCIDR } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  cidrBlock,
  IMMUTABLE,
  invalidEach,
  invalidGoValue,
  invalidValue,
  required,
  strictCidrBlock,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

const FIELD = 'spec.cidrs';
const MOST = 2;

/** ServiceCIDR of networking.k8s.io/v1: a range of cluster IPs, or one of each family. */
export const serviceCidrKind = defineKind<ServiceCIDR>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  namespaced: false,
  subresources: ['status'],
  schema: schemaOf('ServiceCIDR'),
  columns: [
    nameColumn(),
    textColumn('CIDRs', 'The ranges that cluster IPs are taken from.', ({ spec }) =>
      (spec?.cidrs ?? []).join(','),
    ),
    ageColumn(),
  ],
  validate: ({ metadata, spec }, previous) => {
    const cidrs = spec?.cidrs ?? [];
    return [
      ...validateObjectMeta(metadata, { namespaced: false }),
      ...validateCidrs(cidrs),
      ...(previous
        ? [
            ...validateObjectMetaUpdate(metadata, previous.metadata),
            ...validateChange(cidrs, previous.spec?.cidrs ?? []),
          ]
        : []),
    ];
  },
});

function validateCidrs(cidrs: readonly string[]): FieldError[] {
  const refused = (detail: string) => [invalidGoValue(FIELD, goStruct({ CIDRs: cidrs }), detail)];
  if (cidrs.length === 0) return [required(FIELD, 'at least one CIDR required')];
  if (cidrs.length > MOST) return refused('may only hold up to 2 values');
  if (cidrs.length === MOST && !isDualStack(cidrs)) {
    return refused(
      'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64',
    );
  }
  return cidrs.flatMap((cidr, index) => invalidEach(`${FIELD}[${index}]`, cidr, strictCidrBlock(cidr)));
}

const isDualStack = (cidrs: readonly string[]): boolean =>
  cidrs.every((cidr) => cidrBlock(cidr).length === 0) &&
  new Set(cidrs.map((cidr) => cidr.includes(':'))).size === MOST;

/** The ranges stay as they are, but that a second family may be added (ValidateServiceCIDRUpdate). */
function validateChange(next: readonly string[], old: readonly string[]): FieldError[] {
  const grows = old.length === 1 && next.length === MOST;
  if (next.length !== old.length && !grows) return [invalidValue(FIELD, [...next], IMMUTABLE)];
  return old.flatMap((cidr, index) =>
    next[index] === cidr ? [] : [invalidValue(`${FIELD}[${index}]`, next[index], IMMUTABLE)],
  );
}
