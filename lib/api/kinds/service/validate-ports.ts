import { goStruct } from '../../go-format';
import type { FieldError } from '../../status';
import type { ServicePort, ServiceSpec } from '../../types';
import {
  dns1123Label,
  duplicate,
  forbiddenField,
  invalidEach,
  oneOf,
  portName,
  portNumber,
  qualifiedName,
  required,
} from '../validation';

/** Supported values are listed as upstream sorts them. */
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** validateServicePort for each port. */
export function validatePorts(spec: ServiceSpec): FieldError[] {
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  return ports.flatMap((port, index) => validatePort(port, `spec.ports[${index}]`, ports.length > 1, names));
}

function validatePort(port: ServicePort, path: string, named: boolean, names: Set<string>): FieldError[] {
  const number = port.port ?? 0;
  const target = port.targetPort ?? 0;
  const targetErrors = typeof target === 'number' ? portNumber(target) : portName(target);
  return [
    ...validatePortName(port.name, `${path}.name`, named, names),
    ...invalidEach(`${path}.port`, number, portNumber(number)),
    ...oneOf(`${path}.protocol`, port.protocol, PROTOCOLS),
    ...invalidEach(`${path}.targetPort`, target, targetErrors),
    ...(port.appProtocol === undefined
      ? []
      : invalidEach(`${path}.appProtocol`, port.appProtocol, qualifiedName(port.appProtocol))),
  ];
}

function validatePortName(
  name: string | undefined,
  field: string,
  named: boolean,
  names: Set<string>,
): FieldError[] {
  if (!name) return named ? [required(field)] : [];
  const errors = invalidEach(field, name, dns1123Label(name));
  if (names.has(name)) errors.push(duplicate(field, name));
  names.add(name);
  return errors;
}

/** Node ports where there may be none, and numbers claimed twice for one protocol. */
export function validateDuplicatePorts(spec: ServiceSpec): FieldError[] {
  const ports = spec.ports ?? [];
  const detail = "may not be used when `type` is 'ClusterIP'";
  const unused = ports.flatMap(({ nodePort }, index) =>
    spec.type === 'ClusterIP' && nodePort ? [forbiddenField(`spec.ports[${index}].nodePort`, detail)] : [],
  );
  const seen = new Set<string>();
  const repeats = (key: string): boolean => {
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
  const nodePorts = ports.flatMap(({ nodePort, protocol }, index) =>
    nodePort && repeats(`node ${protocol} ${nodePort}`)
      ? [duplicate(`spec.ports[${index}].nodePort`, nodePort)]
      : [],
  );
  const pairs = ports.flatMap(({ port, protocol }, index) =>
    repeats(`${protocol} ${port}`) ? [duplicatePort(`spec.ports[${index}]`, protocol ?? '', port)] : [],
  );
  return [...unused, ...nodePorts, ...pairs];
}

const duplicatePort = (field: string, protocol: string, port: number): FieldError => ({
  type: 'Duplicate',
  field,
  // The internal type has no JSON names of its own.
  badValue: goStruct({
    Name: '',
    Protocol: protocol,
    AppProtocol: null,
    Port: port,
    TargetPort: 0,
    NodePort: 0,
  }),
  detail: '',
});
