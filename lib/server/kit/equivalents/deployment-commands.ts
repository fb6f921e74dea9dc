import { deepEqual, isRecord } from '../../../base';
import type { Manifest } from './manifests';

/** A Deployment by `kubectl create deployment`; undefined when that would make another one. */
export function deploymentCommands({ metadata, spec = {} }: Manifest): readonly string[] | undefined {
  const { name = '', namespace, ...others } = metadata as Record<string, unknown>;
  const { replicas = 1, selector, template, ...more } = spec;
  const labels = { app: name };
  const pod = isRecord(template) ? template : {};
  const known =
    Object.keys(more).length === 0 &&
    deepEqual(selector, { matchLabels: labels }) &&
    deepEqual(pod.metadata, { labels }) &&
    (deepEqual(others, {}) || deepEqual(others, { labels }));
  const flags = known ? podFlags(pod.spec) : undefined;
  if (flags === undefined) return undefined;
  const where = namespace === undefined ? '' : ` -n ${String(namespace)}`;
  return [`kubectl create deployment ${String(name)}${where} --replicas=${String(replicas)} ${flags}`];
}

function podFlags(spec: unknown): string | undefined {
  if (!isRecord(spec) || !Array.isArray(spec.containers)) return undefined;
  const { containers, ...others } = spec;
  const [container, second] = containers as unknown[];
  if (!isRecord(container) || second !== undefined || Object.keys(others).length > 0) return undefined;
  const { name, image, ports = [], command, ...more } = container;
  const [port, another] = (Array.isArray(ports) ? ports : [ports]) as unknown[];
  const plainPort =
    port === undefined ||
    (isRecord(port) && typeof port.containerPort === 'number' && Object.keys(port).length === 1);
  // The container is called after its image.
  const ownName = String(image)
    .replace(/^.*\//, '')
    .replace(/[:@].*$/, '');
  if (name !== ownName || another !== undefined || !plainPort || Object.keys(more).length > 0)
    return undefined;
  const words = Array.isArray(command) ? command.map((word) => `'${String(word)}'`) : [];
  return [
    `--image=${String(image)}`,
    ...(isRecord(port) ? [`--port=${String(port.containerPort)}`] : []),
    ...(words.length > 0 ? ['--', ...words] : []),
  ].join(' ');
}
