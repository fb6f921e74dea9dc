import { type FieldError, internalError, invalid, type Service, type ServicePort } from '../../../api';
import type { Random } from '../../../base';
import {
  allocatesNodePorts,
  needsHealthCheckNodePort,
  needsNodePort,
  portsOf,
  withSpec,
} from './service-fields';
import type { ServiceNetwork } from './service-network';

/** The dummy number that a dry run shows for a node port it would choose. */
const DRY_RUN_PORT = 32769;

/** The choosing of node ports within one request; refusals are the allocator's texts. */
class PortOperation {
  #taken: Set<number>;
  #network: ServiceNetwork;
  #random: Random;
  #nextDummy: number | undefined;

  constructor(network: ServiceNetwork, random: Random, taken: ReadonlySet<number>, dryRun: boolean) {
    this.#taken = new Set(taken);
    this.#network = network;
    this.#random = random;
    this.#nextDummy = dryRun ? DRY_RUN_PORT : undefined;
  }

  /** Why the number cannot be had, or undefined once it is taken. */
  take(port: number): string | undefined {
    const [first, last] = this.#network.nodePorts;
    // A dry run asks only whether the number is taken, as upstream's does.
    if (this.#nextDummy === undefined && (port < first || port > last)) {
      return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`;
    }
    if (this.#taken.has(port)) return 'provided port is already allocated';
    this.#taken.add(port);
    return undefined;
  }

  choose(): number {
    if (this.#nextDummy !== undefined) {
      this.#nextDummy += 1;
      return this.#nextDummy - 1;
    }
    const [first, last] = this.#network.nodePorts;
    const size = last - first + 1;
    const reserved = size < 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128);
    const port = this.#scan(first + reserved, size - reserved) ?? this.#scan(first, reserved);
    if (port === undefined) throw internalError('failed to allocate a nodePort: range is full');
    this.#taken.add(port);
    return port;
  }

  #scan(first: number, count: number): number | undefined {
    const start = Math.floor(this.#random.next() * count);
    for (let step = 0; step < count; step += 1) {
      const port = first + ((start + step) % count);
      if (!this.#taken.has(port)) return port;
    }
    return undefined;
  }
}

/** What choosing node ports needs; `taken` are the numbers of all Services, this one's included. */
export interface PortAllocation {
  readonly network: ServiceNetwork;
  readonly random: Random;
  readonly taken: () => ReadonlySet<number>;
  readonly dryRun: boolean;
}

/** Gives a Service its node ports and health-check node port, as its type asks (alloc.go txnUpdateNodePorts). */
export function allocateNodePorts(
  allocation: PortAllocation,
  next: Service,
  previous: Service | undefined,
): Service {
  if (!needsNodePort(next)) return next;
  const { network, random, taken, dryRun } = allocation;
  const operation = new PortOperation(network, random, taken(), dryRun);
  const held = previous && needsNodePort(previous) ? portsOf(previous).map((port) => port.nodePort ?? 0) : [];
  const ports = previous ? updatePorts(operation, next, held) : createPorts(operation, next);
  const result = ports.every((port, index) => port === portsOf(next)[index])
    ? next
    : withSpec(next, { ports: ports as never });
  return allocateHealthCheck(operation, result, previous);
}

function refusePort(service: Service, index: number, port: number, why: string): never {
  const field = `spec.ports[${index}].nodePort`;
  throw refusal(service, { type: 'Invalid', field, badValue: String(port), detail: why });
}

const refusal = (service: Service, error: FieldError) =>
  invalid('Service', '', service.metadata.name ?? '', [error]);

/** On create, ports of one number (TCP and UDP) share one node port. */
function createPorts(operation: PortOperation, service: Service): readonly ServicePort[] {
  const byPort = new Map<number, number>();
  const all = portsOf(service);
  return all.map((port, index) => {
    const given = port.nodePort ?? 0;
    if (given === 0 && !allocatesNodePorts(service)) return port;
    const shared = byPort.get(port.port);
    if (shared !== undefined && (given === 0 || given === shared)) return { ...port, nodePort: shared };
    const asked =
      shared === undefined
        ? (all.find((each) => each.port === port.port && each.nodePort)?.nodePort ?? 0)
        : given;
    const nodePort = asked === 0 ? operation.choose() : asked;
    const why = asked === 0 ? undefined : operation.take(asked);
    if (why !== undefined) refusePort(service, index, asked, why);
    if (shared === undefined) byPort.set(port.port, nodePort);
    return { ...port, nodePort };
  });
}

function updatePorts(
  operation: PortOperation,
  service: Service,
  held: readonly number[],
): readonly ServicePort[] {
  const mine = new Set(held);
  return portsOf(service).map((port, index) => {
    const given = port.nodePort ?? 0;
    if (given === 0) return allocatesNodePorts(service) ? { ...port, nodePort: operation.choose() } : port;
    const why = mine.has(given) ? undefined : operation.take(given);
    if (why !== undefined) refusePort(service, index, given, why);
    mine.add(given);
    return port;
  });
}

function allocateHealthCheck(
  operation: PortOperation,
  next: Service,
  previous: Service | undefined,
): Service {
  if (!needsHealthCheckNodePort(next)) return next;
  const asked = next.spec?.healthCheckNodePort ?? 0;
  const held =
    previous && needsHealthCheckNodePort(previous) ? (previous.spec?.healthCheckNodePort ?? 0) : undefined;
  if (held !== undefined) {
    if (held === asked) return next;
    throw refusal(next, {
      type: 'Forbidden',
      field: 'spec.healthCheckNodePort',
      detail: 'field is immutable',
    });
  }
  if (asked === 0) return withSpec(next, { healthCheckNodePort: operation.choose() });
  const why = operation.take(asked);
  if (why === undefined) return next;
  throw internalError(`failed to allocate requested HealthCheck NodePort ${asked}: ${why}`);
}
