import type { KubeObject, Pod, Service } from '../../../api';
import { fail } from '../../session';

/** A port here and the one in the Pod that it leads to; 0 here is any. */
export interface ForwardedPort {
  readonly local: number;
  readonly remote: number;
}

/** `8080:80`, `:http`, `80` as the Pod's own numbers: a Service's ports become its target ports. */
export function readPorts(words: readonly string[], object: KubeObject, pod: Pod): readonly ForwardedPort[] {
  const isService = object.kind === 'Service';
  for (const word of words) refuseUdp(word, object, pod);
  return words
    .map((word) => (isService ? targetOf(word, object as Service, pod) : numbered(word, pod)))
    .map(parsePort);
}

function splitPort(word: string): readonly [local: string, remote: string] {
  const [local = '', remote = '', ...more] = word.split(':');
  return word.includes(':') && more.length === 0 ? [local, remote] : [local, local];
}

const isNumber = (text: string): boolean => /^[-+]?\d+$/.test(text);
const joined = (local: string, remote: string, port: string): string =>
  local === remote ? port : `${local}:${port}`;

/** translateServicePortToTargetPort. */
function targetOf(word: string, service: Service, pod: Pod): string {
  let [local, remote] = splitPort(word);
  const ports = service.spec?.ports ?? [];
  let number = Number(remote);
  if (!isNumber(remote)) {
    const named = ports.find((each) => each.name === remote);
    if (!named) throw fail(`Service '${service.metadata.name}' does not have a named port '${remote}'`);
    number = named.port;
    if (local === remote) local = String(number);
    remote = String(number);
  }
  const found = ports.find((each) => each.port === number);
  if (!found) throw fail(`Service ${service.metadata.name} does not have a service port ${number}`);
  const { targetPort } = found;
  const target =
    service.spec?.clusterIP === 'None' || targetPort === undefined || targetPort === 0
      ? number
      : typeof targetPort === 'number'
        ? targetPort
        : containerPort(pod, targetPort);
  return local === String(target) ? local : `${local}:${target}`;
}

/** convertPodNamedPortToNumber. */
function numbered(word: string, pod: Pod): string {
  const [local, remote] = splitPort(word);
  return joined(local, remote, isNumber(remote) ? remote : String(containerPort(pod, remote)));
}

function containerPort(pod: Pod, name: string): number {
  const ports = (pod.spec?.containers ?? []).flatMap((each) => each.ports ?? []);
  const found = ports.find((each) => each.name === name);
  if (!found) throw fail(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
  return found.containerPort;
}

/** What is served over UDP alone cannot be forwarded. */
function refuseUdp(word: string, object: KubeObject, pod: Pod): void {
  const [, remote] = splitPort(word);
  const ports =
    object.kind === 'Service'
      ? ((object as Service).spec?.ports ?? []).map(({ name, port, protocol }) => ({ name, port, protocol }))
      : (pod.spec?.containers ?? []).flatMap((each) =>
          (each.ports ?? []).map(({ name, containerPort: port, protocol }) => ({ name, port, protocol })),
        );
  const number = isNumber(remote) ? Number(remote) : ports.find((each) => each.name === remote)?.port;
  const protocols = ports.filter((each) => each.port === number).map((each) => each.protocol ?? 'TCP');
  if (protocols.includes('UDP') && !protocols.includes('TCP'))
    throw fail(`UDP protocol is not supported for ${remote}`);
}

/** client-go's parsePorts. */
function parsePort(word: string): ForwardedPort {
  const parts = word.split(':');
  if (parts.length > 2) throw fail(`invalid port format '${word}'`);
  const [local = '', remote = local] = parts;
  const here = parseUint(parts.length === 2 && local === '' ? '0' : local, 'local');
  const there = parseUint(remote, 'remote');
  if (there === 0) throw fail('remote port must be > 0');
  return { local: here, remote: there };
}

function parseUint(text: string, which: string): number {
  const wrong = (why: string) =>
    fail(`error parsing ${which} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
  if (!/^\d+$/.test(text)) throw wrong('invalid syntax');
  if (Number(text) > 65_535) throw wrong('value out of range');
  return Number(text);
}
