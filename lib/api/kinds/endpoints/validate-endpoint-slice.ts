import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { Endpoint, EndpointSlice } from '../../types';
import {
  dns1123Label,
  dns1123Subdomain,
  duplicate,
  immutable,
  invalidEach,
  invalidValue,
  labelValue,
  nonSpecialIp,
  notSupported,
  parseIp,
  portNumber,
  qualifiedName,
  required,
  tooMany,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const MAX_ENDPOINTS = 1000;
const MAX_ADDRESSES = 100;
const MAX_PORTS = 20000;
const MAX_HINTS = 8;

/** ValidateEndpointSliceCreate, and ValidateEndpointSliceUpdate when there is a previous one. */
export function validateEndpointSlice(slice: EndpointSlice, previous?: Stored<EndpointSlice>): FieldError[] {
  const whole = [
    ...(previous
      ? validateObjectMetaUpdate(slice.metadata, previous.metadata)
      : validateObjectMeta(slice.metadata, { namespaced: true })),
    ...validateAddressType(slice.addressType),
    ...validateEndpointList(slice),
    ...validatePorts(slice.ports ?? []),
  ];
  return previous ? [...whole, ...immutable('addressType', slice.addressType, previous.addressType)] : whole;
}

function validateAddressType(type: string | undefined): FieldError[] {
  if (!type) return [required('addressType')];
  return ADDRESS_TYPES.includes(type) ? [] : [notSupported('addressType', type, ADDRESS_TYPES)];
}

function validateEndpointList({ endpoints = [], addressType }: EndpointSlice): FieldError[] {
  if (endpoints.length > MAX_ENDPOINTS) return [tooMany('endpoints', endpoints.length, MAX_ENDPOINTS)];
  return endpoints.flatMap((each, index) => validateEndpoint(each, addressType, `endpoints[${index}]`));
}

function validateEndpoint(endpoint: Endpoint, type: string, path: string): FieldError[] {
  const { nodeName, hostname, hints } = endpoint;
  return [
    ...validateAddresses(endpoint.addresses ?? [], type, `${path}.addresses`),
    ...(nodeName === undefined ? [] : invalidEach(`${path}.nodeName`, nodeName, dns1123Subdomain(nodeName))),
    ...(hostname === undefined ? [] : invalidEach(`${path}.hostname`, hostname, dns1123Label(hostname))),
    ...(hints ? validateHints(hints, `${path}.hints`) : []),
  ];
}

function validateAddresses(addresses: readonly string[], type: string, field: string): FieldError[] {
  if (addresses.length === 0) return [required(field, 'must contain at least 1 address')];
  if (addresses.length > MAX_ADDRESSES) return [tooMany(field, addresses.length, MAX_ADDRESSES)];
  return addresses.flatMap((address, index) => {
    const at = `${field}[${index}]`;
    if (type === 'FQDN') return validateDomainName(address, at);
    if (type !== 'IPv4' && type !== 'IPv6') return [];
    if (parseIp(address)?.family !== type)
      return [invalidValue(at, address, `must be a valid ${type} address`)];
    return invalidEach(at, address, nonSpecialIp(address));
  });
}

/** IsFullyQualifiedDomainName. */
function validateDomainName(name: string, field: string): FieldError[] {
  if (name === '') return [required(field)];
  const bare = name.replace(/\.$/, '');
  const wrong = dns1123Subdomain(bare);
  if (wrong.length > 0) return [invalidValue(field, bare, wrong.join(','))];
  const labels = bare.split('.');
  if (labels.length < 2) {
    return [invalidValue(field, bare, 'should be a domain with at least two segments separated by dots')];
  }
  const bad = labels.find((label) => dns1123Label(label).length > 0);
  return bad === undefined ? [] : [invalidValue(field, bad, dns1123Label(bad).join(','))];
}

interface Hints {
  readonly forZones?: readonly { readonly name: string }[] | undefined;
  readonly forNodes?: readonly { readonly name: string }[] | undefined;
}

function validateHints({ forZones = [], forNodes = [] }: Hints, path: string): FieldError[] {
  return [
    ...validateHintList(forZones, `${path}.forZones`, labelValue),
    ...validateHintList(forNodes, `${path}.forNodes`, dns1123Subdomain),
  ];
}

function validateHintList(
  list: readonly { readonly name: string }[],
  field: string,
  rule: (name: string) => string[],
): FieldError[] {
  if (list.length > MAX_HINTS) return [tooMany(field, list.length, MAX_HINTS)];
  return list.flatMap(({ name }, index) => {
    const at = `${field}[${index}].name`;
    const repeated = list.findIndex((each) => each.name === name) < index;
    return [...(repeated ? [duplicate(at, name)] : []), ...invalidEach(at, name, rule(name))];
  });
}

function validatePorts(ports: NonNullable<EndpointSlice['ports']>): FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany('ports', ports.length, MAX_PORTS)];
  const names = new Set<string>();
  return ports.flatMap(({ name = '', port, protocol = '', appProtocol }, index) => {
    const path = `ports[${index}]`;
    const errors = name === '' ? [] : invalidEach(`${path}.name`, name, dns1123Label(name));
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    if (port !== undefined && port !== null)
      errors.push(...invalidEach(`${path}.port`, port, portNumber(port)));
    if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    if (appProtocol !== undefined) {
      errors.push(...invalidEach(`${path}.appProtocol`, appProtocol, qualifiedName(appProtocol)));
    }
    return errors;
  });
}
