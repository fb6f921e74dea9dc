import { goStruct } from '../../go-format';
import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { IPAddress, ParentReference } from '../../types';
import { ageColumn, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  dns1123Subdomain,
  IMMUTABLE,
  invalidEach,
  invalidGoValue,
  pathSegment,
  required,
  sameJson,
  strictIpAddress,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

/** IPAddress of networking.k8s.io/v1: an address that is taken, and by whom. */
export const ipAddressKind = defineKind<IPAddress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  shortNames: ['ip'],
  namespaced: false,
  schema: schemaOf('IPAddress'),
  columns: [
    nameColumn(),
    textColumn('ParentRef', 'Whom the address belongs to.', ({ spec }) => parentText(spec?.parentRef)),
    ageColumn(),
  ],
  validate: (address, previous) => [
    ...validateObjectMeta(address.metadata, { namespaced: false, name: strictIpAddress }),
    ...validateParent(address.spec?.parentRef),
    ...(previous ? validateUpdate(address, previous) : []),
  ],
});

/** "services/default/web": the resource with its group, the namespace if there is one, and the name. */
function parentText(parent: ParentReference | undefined): string {
  if (!parent) return '<none>';
  const { group, resource = '', namespace, name = '' } = parent;
  const qualified = (group ? `${resource}.${group}` : resource).toLowerCase();
  return [qualified, ...(namespace ? [namespace] : []), name].join('/');
}

function validateUpdate(address: IPAddress, previous: Stored<IPAddress>): FieldError[] {
  const [next, old] = [address.spec?.parentRef, previous.spec?.parentRef];
  const moved = sameJson(next ?? null, old ?? null)
    ? []
    : [invalidGoValue('spec.parentRef', parentJson(next), IMMUTABLE)];
  return [...validateObjectMetaUpdate(address.metadata, previous.metadata), ...moved];
}

/** The reference as the internal type is printed. */
function parentJson(parent: ParentReference | undefined): string {
  if (!parent) return 'null';
  const { group = '', resource = '', namespace = '', name = '' } = parent;
  return goStruct({ Group: group, Resource: resource, Namespace: namespace, Name: name });
}

const AT = 'spec.parentRef';

function validateParent(parent: ParentReference | undefined): FieldError[] {
  if (!parent) return [required(AT)];
  const { group, resource, namespace, name } = parent;
  return [
    ...(group ? invalidEach(`${AT}.group`, group, dns1123Subdomain(group)) : []),
    ...segment(`${AT}.resource`, resource),
    ...segment(`${AT}.name`, name),
    ...(namespace ? invalidEach(`${AT}.namespace`, namespace, pathSegment(namespace)) : []),
  ];
}

const segment = (field: string, value: string | undefined): FieldError[] =>
  value ? invalidEach(field, value, pathSegment(value)) : [required(field)];
