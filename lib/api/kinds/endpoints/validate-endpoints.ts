import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Endpoints } from '../../types';
import {
  dns1123Label,
  dns1123Subdomain,
  invalidEach,
  nonSpecialIp,
  oneOf,
  portNumber,
  qualifiedName,
  required,
  sameJson,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

type Subset = NonNullable<Endpoints['subsets']>[number];
type Address = NonNullable<Subset['addresses']>[number];
type Port = NonNullable<Subset['ports']>[number];

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** ValidateEndpointsCreate, and ValidateEndpointsUpdate when there is a previous one. */
export function validateEndpoints(endpoints: Endpoints, previous?: Stored<Endpoints>): FieldError[] {
  const subsets = (endpoints.subsets ?? []).flatMap((each, index) =>
    validateSubset(each, `subsets[${index}]`),
  );
  if (!previous) return [...validateObjectMeta(endpoints.metadata, { namespaced: true }), ...subsets];
  const meta = validateObjectMetaUpdate(endpoints.metadata, previous.metadata);
  return sameJson(endpoints.subsets, previous.subsets) ? meta : [...meta, ...subsets];
}

function validateSubset(subset: Subset, path: string): FieldError[] {
  const { addresses = [], notReadyAddresses = [], ports = [] } = subset;
  return [
    ...(addresses.length + notReadyAddresses.length === 0
      ? [required(path, 'must specify `addresses` or `notReadyAddresses`')]
      : []),
    ...addresses.flatMap((each, index) => validateAddress(each, `${path}.addresses[${index}]`)),
    ...notReadyAddresses.flatMap((each, index) =>
      validateAddress(each, `${path}.notReadyAddresses[${index}]`),
    ),
    ...ports.flatMap((each, index) => validatePort(each, ports.length > 1, `${path}.ports[${index}]`)),
  ];
}

function validateAddress({ ip, hostname, nodeName }: Address, path: string): FieldError[] {
  return [
    ...(hostname ? invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname)) : []),
    ...(nodeName === undefined ? [] : invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName))),
    ...invalidEach(`${path}.ip`, ip ?? '', nonSpecialIp(ip ?? '')),
  ];
}

function validatePort(
  { name, port, protocol, appProtocol }: Port,
  named: boolean,
  path: string,
): FieldError[] {
  const nameErrors = name ? invalidEach(`${path}.name`, name, dns1123Label(name)) : [];
  return [
    ...(!name && named ? [required(`${path}.name`)] : nameErrors),
    ...invalidEach(`${path}.port`, port ?? 0, portNumber(port ?? 0)),
    ...oneOf(`${path}.protocol`, protocol, PROTOCOLS),
    ...(appProtocol === undefined
      ? []
      : invalidEach(`${path}.appProtocol`, appProtocol, qualifiedName(appProtocol))),
  ];
}
