import type { Deployment, KubeObject, Pod, PodSpec, Service } from '../../api';
import { deepEqual } from '../../base';
import { bool, text } from '../flags';
import { exposeManual } from '../manual';
import { objectPrinter } from '../printers';
import { type LoadedInfo, visitTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, type Session, writeOptions } from '../session';
import { withLastApplied } from './last-applied';
import { applyOverrides } from './overrides';
import { parseLabelText } from './pairs';

const SERVICES = { group: '', version: 'v1', resource: 'services' };
const NAME_MAX = 63;
const EXPOSABLE = new Set(['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet']);

/** `kubectl expose`. */
export const expose: Command<ParsedArgs> = {
  ...exposeManual,
  options: (args) => args,
  async run(args, env) {
    const session = openSession(args, env);
    const said: Said = {
      selector: text(args, 'selector'),
      port: text(args, 'port'),
      labels: text(args, 'labels'),
    };
    await visitTargets(session, { words: args.positional, labelSelector: '' }, (info) =>
      exposeOne(session, info, said),
    );
    return 0;
  },
};

/** What flags say or, as upstream goes on to, what was found in the first object: it holds for all that follow. */
interface Said {
  selector: string;
  port: string;
  labels: string;
}

async function exposeOne(session: Session, info: LoadedInfo, said: Said): Promise<void> {
  const { kind, group } = info.resource;
  if (!EXPOSABLE.has(kind)) throw fail(`cannot expose a ${group === '' ? kind : `${kind}.${group}`}`);
  const service = applyOverrides(session, buildService(session, info, said)) as KubeObject;
  const print = objectPrinter(session, { operation: 'exposed' });
  if (session.dryRun === 'client') {
    const metadata = session.namespaceGiven
      ? { ...service.metadata, namespace: session.namespace }
      : service.metadata;
    await session.out(print({ ...service, metadata }));
    return;
  }
  const named = { ...service, metadata: { ...service.metadata, namespace: session.namespace } };
  const body = bool(session.args, 'save-config') ? withLastApplied(service) : named;
  const answer = await session.client.create(
    SERVICES,
    session.namespace,
    body,
    writeOptions(session, 'kubectl-expose'),
  );
  await session.out(print(await session.heed(answer)));
}

function buildService(session: Session, info: LoadedInfo, said: Said): KubeObject {
  const { args } = session;
  said.selector ||= selectorText(info.object);
  const { selector } = said;
  const headless = text(args, 'cluster-ip') === 'None';
  let { port } = said;
  if (port === '') {
    const ports = portsOf(info.object);
    if (ports.length === 0 && !headless) throw fail("couldn't find port via --port flag or introspection");
    if (ports.length === 1) said.port = ports[0] ?? '';
    port = ports.join(',');
  }
  if (selector === '') throw fail('selector must be specified');
  said.labels ||= joined(info.object.metadata.labels);
  const labels = said.labels === '' ? undefined : parseLabelText(said.labels);
  const type = text(args, 'type');
  const affinity = text(args, 'session-affinity');
  if (affinity !== '' && affinity !== 'None' && affinity !== 'ClientIP') {
    throw fail(`unknown session affinity: ${affinity}`);
  }
  const ports =
    port === ''
      ? []
      : port
          .split(',')
          .flatMap((each, index, all) => servicePorts(session, info.object, each, index, all.length));
  const spec = {
    ...(ports.length === 0 ? {} : { ports }),
    selector: parseLabelText(selector),
    ...(text(args, 'cluster-ip') === '' ? {} : { clusterIP: text(args, 'cluster-ip') }),
    ...(type === '' ? {} : { type }),
    ...(text(args, 'external-ip') === '' ? {} : { externalIPs: [text(args, 'external-ip')] }),
    ...(affinity === '' ? {} : { sessionAffinity: affinity }),
    ...(type === 'LoadBalancer' && text(args, 'load-balancer-ip') !== ''
      ? { loadBalancerIP: text(args, 'load-balancer-ip') }
      : {}),
  };
  const name = text(args, 'name') || info.name.slice(0, NAME_MAX);
  const metadata = labels && Object.keys(labels).length > 0 ? { name, labels } : { name };
  return { kind: 'Service', apiVersion: 'v1', metadata, spec, status: { loadBalancer: {} } } as KubeObject;
}

function servicePorts(
  session: Session,
  object: KubeObject,
  port: string,
  index: number,
  count: number,
): readonly object[] {
  if (!/^[-+]?\d+$/.test(port)) throw fail(`strconv.Atoi: parsing "${port}": invalid syntax`);
  const number = Number(port);
  const target = text(session.args, 'target-port');
  const targetPort = target === '' ? number : /^\d+$/.test(target) ? Number(target) : target;
  const asked = text(session.args, 'protocol');
  const found = protocolsOf(object).get(port) ?? [];
  const name = count > 1 ? { name: `port-${index + 1}` } : {};
  if (asked !== '' || found.length <= 1) {
    return [{ ...name, protocol: asked || found[0] || 'TCP', port: number, targetPort }];
  }
  return found.map((protocol) => ({
    name: `port-${index + 1}-${protocol.toLowerCase()}`,
    protocol,
    port: number,
    targetPort,
  }));
}

function podSpecOf(object: KubeObject): PodSpec | undefined {
  return object.kind === 'Pod' ? (object as Pod).spec : (object as Deployment).spec?.template?.spec;
}

function portsOf(object: KubeObject): readonly string[] {
  const ports =
    object.kind === 'Service'
      ? ((object as Service).spec?.ports ?? []).map((each) => each.port)
      : (podSpecOf(object)?.containers ?? []).flatMap((each) =>
          (each.ports ?? []).map((port) => port.containerPort),
        );
  return [...new Set(ports.map(String))];
}

function protocolsOf(object: KubeObject): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const add = (port: number, protocol: string | undefined) => {
    const before = found.get(String(port)) ?? [];
    const name = protocol || 'TCP';
    if (!before.includes(name)) found.set(String(port), [...before, name]);
  };
  if (object.kind === 'Service')
    for (const each of (object as Service).spec?.ports ?? []) add(each.port, each.protocol);
  for (const container of podSpecOf(object)?.containers ?? []) {
    for (const port of container.ports ?? []) add(port.containerPort, port.protocol);
  }
  return found;
}

/** The selector to reach an object's Pods by; refuses what equality cannot say. */
function selectorText(object: KubeObject): string {
  const cannot = (why: string) =>
    fail(`couldn't retrieve selectors via --selector flag or introspection: ${why}`);
  if (object.kind === 'Pod') {
    const labels = joined(object.metadata.labels);
    if (labels === '') throw cannot('the pod has no labels and cannot be exposed');
    return labels;
  }
  if (object.kind === 'Service') {
    const labels = joined((object as Service).spec?.selector);
    if (labels === '') throw cannot('the service has no pod selector set');
    return labels;
  }
  const selector = (object as Deployment).spec?.selector;
  if (selector?.matchExpressions && !deepEqual(selector.matchExpressions, [])) {
    throw cannot(
      `couldn't convert expressions - "${JSON.stringify(selector.matchExpressions)}" to map-based selector format`,
    );
  }
  return joined(selector?.matchLabels);
}

const joined = (labels: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(labels ?? {})
    .sort()
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
