import type { ConfigMap, Container, Pod, Secret, Service, Stored, View } from '../../api';
import { decodeBase64 } from '../../base';
import { resourceFieldOf } from './resource-field';

/** A container's environment, or why the container cannot be configured, in the kubelet's words. */
export type Environment =
  | { readonly variables: Readonly<Record<string, string>> }
  | { readonly error: string };

type EnvVar = NonNullable<Container['env']>[number];

class ConfigError extends Error {
  override name = 'ConfigError';
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What `env` prints in the container: image, Services of the namespace, envFrom, env, in the order of precedence. */
export function environmentOf(
  view: View,
  pod: Stored<Pod>,
  container: Container,
  imageEnv: Readonly<Record<string, string>>,
): Environment {
  const variables: Record<string, string> = {
    PATH,
    HOSTNAME: pod.spec?.hostname ?? pod.metadata.name,
    ...imageEnv,
    ...serviceVariables(view, pod),
  };
  try {
    for (const source of container.envFrom ?? []) Object.assign(variables, fromSource(view, pod, source));
    for (const each of container.env ?? []) {
      const value = variableValue(view, pod, container, each, variables);
      if (value !== undefined) variables[each.name] = value;
    }
    return { variables };
  } catch (error) {
    if (error instanceof ConfigError) return { error: error.message };
    throw error;
  }
}

/** `$(NAME)` becomes NAME's value where it is known; `$$` is a dollar sign. */
export function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) =>
    whole === '$$' ? '$' : (variables[name ?? ''] ?? whole),
  );
}

function serviceVariables(view: View, pod: Stored<Pod>): Record<string, string> {
  const links = pod.spec?.enableServiceLinks !== false;
  const master = view.get<Service>('services', 'default', 'kubernetes');
  const own = links ? view.list<Service>('services', pod.metadata.namespace ?? '') : [];
  const services = master === undefined ? own : [...own.filter((each) => each !== master), master];
  return Object.assign({}, ...services.map(knownLinks)) as Record<string, string>;
}

/** Links by Service as it is stored, which never changes: environments are worked out far oftener than Services. */
const known = new WeakMap<Stored<Service>, Readonly<Record<string, string>>>();

function knownLinks(service: Stored<Service>): Readonly<Record<string, string>> {
  const links = known.get(service) ?? linksOf(service);
  known.set(service, links);
  return links;
}

function linksOf(service: Stored<Service>): Record<string, string> {
  const ip = service.spec?.clusterIP;
  const ports = service.spec?.ports ?? [];
  if (!ip || ip === 'None' || service.spec?.type === 'ExternalName' || ports[0] === undefined) return {};
  const name = service.metadata.name.toUpperCase().replaceAll('-', '_');
  const links: Record<string, string> = {
    [`${name}_SERVICE_HOST`]: ip,
    [`${name}_SERVICE_PORT`]: String(ports[0].port),
  };
  for (const port of ports) {
    if (port.name) {
      links[`${name}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`] = String(port.port);
    }
  }
  for (const [index, port] of ports.entries()) {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    const url = `${protocol}://${ip}:${port.port}`;
    const prefix = `${name}_PORT_${port.port}_${protocol.toUpperCase()}`;
    if (index === 0) links[`${name}_PORT`] = url;
    links[prefix] = url;
    links[`${prefix}_PROTO`] = protocol;
    links[`${prefix}_PORT`] = String(port.port);
    links[`${prefix}_ADDR`] = ip;
  }
  return links;
}

type EnvSource = NonNullable<Container['envFrom']>[number];

function fromSource(view: View, pod: Pod, source: EnvSource): Record<string, string> {
  const namespace = pod.metadata.namespace ?? '';
  const data = source.configMapRef
    ? configMap(view, namespace, source.configMapRef.name ?? '', source.configMapRef.optional)
    : source.secretRef
      ? secret(view, namespace, source.secretRef.name ?? '', source.secretRef.optional)
      : {};
  const entries = Object.entries(data ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [`${source.prefix ?? ''}${key}`, value]));
}

function configMap(
  view: View,
  namespace: string,
  name: string,
  optional: boolean | undefined,
): Readonly<Record<string, string>> | undefined {
  const found = view.get<ConfigMap>('configmaps', namespace, name);
  if (found === undefined && optional !== true) throw new ConfigError(`configmap "${name}" not found`);
  return found && (found.data ?? {});
}

function secret(
  view: View,
  namespace: string,
  name: string,
  optional: boolean | undefined,
): Readonly<Record<string, string>> | undefined {
  const found = view.get<Secret>('secrets', namespace, name);
  if (found === undefined && optional !== true) throw new ConfigError(`secret "${name}" not found`);
  if (found === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(found.data ?? {}).map(([key, value]) => [key, decodeBase64(value)]),
  );
}

function variableValue(
  view: View,
  pod: Stored<Pod>,
  container: Container,
  variable: EnvVar,
  known: Readonly<Record<string, string>>,
): string | undefined {
  const from = variable.valueFrom;
  if (from === undefined) return expand(variable.value ?? '', known);
  const namespace = pod.metadata.namespace ?? '';
  if (from.configMapKeyRef) {
    const { name = '', key, optional } = from.configMapKeyRef;
    return pick(configMap(view, namespace, name, optional), key, optional, `ConfigMap ${namespace}/${name}`);
  }
  if (from.secretKeyRef) {
    const { name = '', key, optional } = from.secretKeyRef;
    return pick(secret(view, namespace, name, optional), key, optional, `Secret ${namespace}/${name}`);
  }
  if (from.fieldRef) return fieldOf(view, pod, from.fieldRef.fieldPath);
  return from.resourceFieldRef ? resourceFieldOf(view, pod, from.resourceFieldRef, container) : '';
}

function pick(
  data: Readonly<Record<string, string>> | undefined,
  key: string,
  optional: boolean | undefined,
  where: string,
): string | undefined {
  const value = data?.[key];
  if (value === undefined && optional !== true && data !== undefined) {
    throw new ConfigError(`couldn't find key ${key} in ${where}`);
  }
  return value;
}

/** A downward API field of the Pod. */
export function fieldOf(view: View, pod: Stored<Pod>, path: string): string {
  const { name, namespace = '', uid } = pod.metadata;
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed) {
    const map = keyed[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations;
    return map?.[keyed[2] ?? ''] ?? '';
  }
  const fields: Readonly<Record<string, () => string | undefined>> = {
    'metadata.name': () => name,
    'metadata.namespace': () => namespace,
    'metadata.uid': () => uid,
    'metadata.labels': () => mapText(pod.metadata.labels),
    'metadata.annotations': () => mapText(pod.metadata.annotations),
    'spec.nodeName': () => pod.spec?.nodeName,
    'spec.serviceAccountName': () => pod.spec?.serviceAccountName,
    'status.podIP': () => pod.status?.podIP,
    'status.podIPs': () => pod.status?.podIPs?.map((each) => each.ip).join(','),
    'status.hostIP': () => pod.status?.hostIP ?? nodeAddress(view, pod.spec?.nodeName ?? ''),
    'status.hostIPs': () => pod.status?.hostIP ?? nodeAddress(view, pod.spec?.nodeName ?? ''),
  };
  return fields[path]?.() ?? '';
}

const mapText = (map: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(map ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');

/** The node's internal address. */
export function nodeAddress(view: View, name: string): string | undefined {
  type Addressed = Pod & {
    readonly status?: { readonly addresses?: readonly { type: string; address: string }[] };
  };
  const node = view.get<Addressed>('nodes', '', name);
  return node?.status?.addresses?.find((each) => each.type === 'InternalIP')?.address;
}
