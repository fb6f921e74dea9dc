import { isRecord } from '../../../base';
import type { Manifest } from './manifests';

const TYPES: Readonly<Record<string, string>> = {
  ClusterIP: 'clusterip',
  NodePort: 'nodeport',
  LoadBalancer: 'loadbalancer',
};
/** What `kubectl create service` has a flag for. */
const BY_FLAG = ['type', 'clusterIP', 'ports', 'selector'];

/** A Service by `kubectl create service` and `kubectl set selector`; undefined when they cannot say all of it. */
export function serviceCommands({ metadata, spec = {} }: Manifest): readonly string[] | undefined {
  const { name = '', namespace } = metadata;
  const { type = 'ClusterIP', clusterIP, ports, selector } = spec;
  const word = TYPES[String(type)];
  if (word === undefined || !Array.isArray(ports) || !isRecord(selector)) return undefined;
  const flags = ports.map(portFlags);
  const simple = clusterIP === undefined || clusterIP === 'None';
  if (!simple || flags.some((each) => each === undefined) || Object.keys(selector).length === 0)
    return undefined;
  const where = namespace === undefined ? '' : ` -n ${namespace}`;
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${value}`);
  const rest = Object.fromEntries(Object.entries(spec).filter(([key]) => !BY_FLAG.includes(key)));
  return [
    `kubectl create service ${word} ${name}${where} ${flags.join(' ')}${clusterIP === 'None' ? ' --clusterip=None' : ''}`,
    `kubectl set selector service ${name}${where} '${labels.join(',')}'`,
    ...(Object.keys(rest).length > 0
      ? [`kubectl patch service ${name}${where} -p '${JSON.stringify({ spec: rest })}'`]
      : []),
  ];
}

/** A port's name is another one then, so one that has a name is left alone. */
function portFlags(port: unknown): string | undefined {
  if (!isRecord(port) || port.name !== undefined) return undefined;
  const { port: number, targetPort, protocol = 'TCP', nodePort, ...more } = port;
  if (protocol !== 'TCP' || Object.keys(more).length > 0) return undefined;
  const target = targetPort === undefined ? '' : `:${targetPort}`;
  return `--tcp=${number}${target}${nodePort === undefined ? '' : ` --node-port=${nodePort}`}`;
}
