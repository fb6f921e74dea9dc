import type { ServicePort } from '../../api';
import { annotation, annotationKey, CloudRefusal } from './annotations';
import type { Listener } from './state';

/** A listener as it should be, before AWS has given it a name. */
export type Mapping = Omit<Listener, 'group' | 'hash'>;

type Annotations = Readonly<Record<string, string>> | undefined;

/** What clients speak to the balancer when its backend protocol is named (backendProtocolMapping). */
const SPOKEN: Readonly<Record<string, string>> = { https: 'https', http: 'https', ssl: 'ssl', tcp: 'ssl' };

/** Whether a port is among those that get the certificate: all when the annotation names none (getPortSets). */
function isTlsPort(annotations: Annotations, port: ServicePort, name: string): boolean {
  const text = annotation(annotations, 'ssl-ports') ?? '';
  if (text === '' || text === '*') return true;
  return text
    .split(',')
    .some((each) => (/^[+-]?\d+$/.test(each) ? Number(each) === port.port : each === name));
}

/** A classic balancer's listeners (buildListener). */
export function classicListeners(
  ports: readonly ServicePort[],
  annotations: Annotations,
): readonly Mapping[] {
  const certificate = annotation(annotations, 'ssl-cert') ?? '';
  const backend = annotation(annotations, 'backend-protocol');
  const sslPolicy = annotation(annotations, 'ssl-negotiation-policy');
  return ports.map((port) => {
    const place = { port: port.port, nodePort: port.nodePort ?? 0 };
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    if (certificate === '' || !isTlsPort(annotations, port, (port.name ?? '').toLowerCase())) {
      const spoken = backend === 'http' ? backend : protocol;
      return { ...place, protocol: spoken, instanceProtocol: spoken };
    }
    const secure = { ...place, certificate, ...(sslPolicy === undefined ? {} : { sslPolicy }) };
    if (backend === undefined || backend === '')
      return { ...secure, protocol: 'ssl', instanceProtocol: 'tcp' };
    const spoken = SPOKEN[backend];
    if (spoken === undefined)
      throw new CloudRefusal(
        `Invalid backend protocol ${backend} for ${certificate} in ${annotationKey('backend-protocol')}`,
      );
    return { ...secure, protocol: spoken, instanceProtocol: backend };
  });
}

/** A network balancer's listeners with what their targets are spoken to in (EnsureLoadBalancer). */
export function networkMappings(ports: readonly ServicePort[], annotations: Annotations): readonly Mapping[] {
  const certificate = annotation(annotations, 'ssl-cert') ?? '';
  const sslPolicy = annotation(annotations, 'ssl-negotiation-policy');
  return ports.map((port) => {
    const { protocol = 'TCP' } = port;
    const place = { port: port.port, nodePort: port.nodePort ?? 0 };
    const secure = protocol !== 'UDP' && certificate !== '' && isTlsPort(annotations, port, port.name ?? '');
    if (!secure) return { ...place, protocol, instanceProtocol: protocol };
    return {
      ...place,
      protocol: 'TLS',
      instanceProtocol: annotation(annotations, 'backend-protocol') === 'ssl' ? 'TLS' : protocol,
      certificate,
      ...(sslPolicy === undefined ? {} : { sslPolicy }),
    };
  });
}
