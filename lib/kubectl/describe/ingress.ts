import { type EndpointSlice, type Ingress, type IngressClass, type Service, StatusError } from '../../api';
import { writeEvents } from './events';
import { writeAnnotations, writeLabels } from './metadata';
import { Page } from './page';
import type { Scene } from './scene';
import { endpointsText } from './service';

type Backend = NonNullable<NonNullable<Ingress['spec']>['defaultBackend']>;

const SERVICES = { group: '', version: 'v1', resource: 'services' };
const SLICES = { group: 'discovery.k8s.io', version: 'v1', resource: 'endpointslices' };

/** `describe ingress`. */
export async function describeIngress(scene: Scene): Promise<string> {
  const { metadata, spec, status } = scene.object as Ingress;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  page.field(0, 'Namespace', metadata.namespace);
  const addresses = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip || hostname || '');
  page.field(0, 'Address', [...new Set(addresses.filter((each) => each !== ''))].sort().join(','));
  page.field(0, 'Ingress Class', spec?.ingressClassName ?? '<none>');
  const otherwise = spec?.defaultBackend ? await backendText(scene, spec.defaultBackend) : '<default>';
  page.field(0, 'Default backend', otherwise);
  if (spec?.tls?.length) page.write(0, 'TLS:\n');
  for (const { secretName, hosts = [] } of spec?.tls ?? []) {
    page.write(1, `${secretName ? `${secretName} terminates` : 'SNI routes'} ${hosts.join(',')}\n`);
  }
  page.write(0, 'Rules:\n  Host\tPath\tBackends\n');
  page.write(1, '----\t----\t--------\n');
  const rules = (spec?.rules ?? []).filter(({ http }) => http);
  for (const { host, http } of rules) {
    page.write(1, `${host || '*'}\t\n`);
    for (const { path = '', backend } of http?.paths ?? []) {
      page.write(2, `\t${path} \t${await backendText(scene, backend)}\n`);
    }
  }
  if (rules.length === 0) page.write(1, `*\t*\t${otherwise}\n`);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  if (scene.events) writeEvents(page, scene.events, scene.now);
  return page.text();
}

async function backendText(scene: Scene, { service, resource }: Backend): Promise<string> {
  if (service) {
    const name = `${service.name}:${service.port?.number || service.port?.name || ''}`;
    return `${name} (${await endpointsOf(scene, service)})`;
  }
  if (!resource) return '';
  return `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}`;
}

async function endpointsOf(
  { session, object }: Scene,
  backend: NonNullable<Backend['service']>,
): Promise<string> {
  const { namespace = '' } = object.metadata;
  try {
    const labelSelector = `kubernetes.io/service-name=${backend.name}`;
    const { items } = await session.client.list(SLICES, namespace, { labelSelector });
    const { spec } = (await session.client.get(SERVICES, namespace, backend.name)) as Service;
    const { number, name } = backend.port ?? {};
    const port = spec?.ports?.findLast((each) =>
      number ? each.port === number : name && each.name === name,
    );
    return endpointsText(items as unknown as readonly EndpointSlice[], port?.name ?? '');
  } catch (error) {
    if (error instanceof StatusError) return `<error: ${error.message}>`;
    throw error;
  }
}

/** `describe ingressclass`. */
export async function describeIngressClass({ object, events, now }: Scene): Promise<string> {
  const { metadata, spec } = object as IngressClass;
  const page = new Page();
  page.field(0, 'Name', metadata.name);
  writeLabels(page, 'Labels', metadata.labels);
  writeAnnotations(page, 'Annotations', metadata.annotations);
  page.field(0, 'Controller', spec?.controller);
  if (spec?.parameters) {
    page.write(0, 'Parameters:\n');
    if (spec.parameters.apiGroup !== undefined) page.field(1, 'APIGroup', spec.parameters.apiGroup);
    page.field(1, 'Kind', spec.parameters.kind);
    page.field(1, 'Name', spec.parameters.name);
  }
  if (events) writeEvents(page, events, now);
  return page.text();
}
