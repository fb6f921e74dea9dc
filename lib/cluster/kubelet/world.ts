import type {
  Container,
  Delivery,
  Network,
  Pod,
  Protocol,
  Request,
  Stored,
  Traced,
  Vantage,
  View,
} from '../../api';
import type { Random } from '../../base';
import type { FoundImage, PullFailure } from '../images';
import { resolveCommand } from '../images';
import type { ProcessEnv } from '../seams';
import { awaitsInput, WAITING } from './awaits-input';
import { type Inside, isReadOnly, listContainerFiles, readContainerFile } from './container-files';
import type { ContainerRegistry } from './containers';
import { environmentOf, expand } from './environment';
import { mountsOf } from './mounts';
import type { ProbeName } from './runtime';
import type { TokenOf } from './volumes';

/** What kubelets need of the rest of the cluster. */
export interface KubeletOptions {
  readonly containers: ContainerRegistry;
  findImage(reference: string): FoundImage | PullFailure;
  /** Sends from a vantage point through the network. */
  send(from: Vantage, host: string, port: number, request: Request, protocol?: Protocol): Traced<Delivery>;
  /** Asks an address for an echo. */
  ping(from: Vantage, ip: string): { readonly answered: boolean; readonly latencyMs: number };
  /** Makes the kubelet look at a Pod ("namespace/name") at a moment. */
  wake(key: string, at: number): void;
  /** A Pod's token for a projected source; undefined while it has no account. */
  readonly tokenOf: TokenOf;
  /** The text of a Pod's /etc/resolv.conf. */
  resolvConf(pod: Pod): string;
  /** Resolves a name from a vantage point. */
  lookup(from: Vantage, name: string, by?: 'go'): ReturnType<Network['lookup']>;
  /** Whether a node's kubelet has been stopped on purpose. */
  isStopped?: ((node: string) => boolean) | undefined;
  /** Whether a probe has been broken on purpose. */
  isProbeBroken?:
    | ((probe: ProbeName, namespace: string, pod: string, container: string) => boolean)
    | undefined;
}

/** All containers of a Pod that have a program: init containers first, ephemeral ones last. */
export function allContainers(pod: Pod): readonly Container[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
  return [...initContainers, ...containers, ...(ephemeralContainers as readonly Container[])];
}

/** What the program of one container sees; undefined for a container that the Pod or the catalogue lacks. */
export function processEnv(
  options: KubeletOptions,
  view: View,
  pod: Stored<Pod>,
  name: string,
  now: number,
  random: Random,
): ProcessEnv | undefined {
  const container = allContainers(pod).find((each) => each.name === name);
  const found = container === undefined ? undefined : options.findImage(container.image ?? '');
  if (container === undefined || found === undefined || 'error' in found) return undefined;
  const { image } = found;
  const { namespace = '', name: podName } = pod.metadata;
  const record = options.containers.get(namespace, podName, container.name);
  const variables =
    (record?.podUid === pod.metadata.uid ? record.environment : undefined) ??
    variablesOf(view, pod, container, image.env ?? {});
  const { argv, ports } = fixedParts(container, found.image, variables);
  const key = `${namespace}/${podName}`;
  const from = { kind: 'pod', namespace, name: podName } as const;
  const inside = insideOf(options, view, pod, container, image.files ?? {});
  return {
    now,
    random,
    hostname: pod.spec?.hostNetwork ? (pod.spec.nodeName ?? '') : (pod.spec?.hostname ?? podName),
    podIP: options.containers.pod(key)?.ip ?? pod.status?.podIP ?? '',
    namespace,
    podName,
    image: container.image ?? '',
    argv,
    env: variables,
    ofJob: pod.metadata.ownerReferences?.some((owner) => owner.kind === 'Job') ?? false,
    ports,
    view,
    readFile: (path) =>
      path === '/etc/resolv.conf' ? options.resolvConf(pod) : readContainerFile(inside, path),
    listFiles: (directory) => listContainerFiles(inside, directory),
    readOnly: (path) => isReadOnly(inside, container, path),
    lookup: (host, by) => options.lookup(from, host, by),
    ping: (ip) => options.ping(from, ip),
    send: (host, port, request, protocol) => options.send(from, host, port, request, protocol),
  };
}

interface FixedParts extends Pick<ProcessEnv, 'argv' | 'ports'> {
  readonly image: FoundImage['image'];
  readonly variables: Variables;
}

/** Command lines and ports by container as its Pod's spec has it: they stay while image and environment do. */
const fixed = new WeakMap<Container, FixedParts>();

/** What a container's main process was started with; empty when its image has no such program. */
export function commandLine(
  container: Container,
  image: FoundImage['image'],
  variables: Variables,
): readonly string[] {
  const expanded = (words: readonly string[] | undefined): readonly string[] | undefined =>
    words?.map((word) => expand(word, variables));
  const command = resolveCommand(image, {
    command: expanded(container.command),
    args: expanded(container.args),
  });
  return 'argv' in command ? command.argv : [];
}

function fixedParts(container: Container, image: FoundImage['image'], variables: Variables): FixedParts {
  const known = fixed.get(container);
  if (known?.image === image && known.variables === variables) return known;
  const words = commandLine(container, image, variables);
  const made: FixedParts = {
    image,
    variables,
    argv: awaitsInput(container, words) ? WAITING : words,
    ports: (container.ports ?? []).map((port) => ({
      name: port.name,
      containerPort: port.containerPort,
      protocol: (port.protocol ?? 'TCP') as ProcessEnv['ports'][number]['protocol'],
    })),
  };
  fixed.set(container, made);
  return made;
}

/** What files a container has, and where what it writes goes. */
export function insideOf(
  options: Pick<KubeletOptions, 'containers' | 'tokenOf'>,
  view: View,
  pod: Stored<Pod>,
  container: Container,
  image: Readonly<Record<string, string>>,
): Inside {
  const { namespace = '', name } = pod.metadata;
  return {
    view,
    pod,
    image,
    mounts: () => mountsOf(options.containers, options.tokenOf, view, pod, container),
    record: () => options.containers.get(namespace, name, container.name),
  };
}

type Variables = Readonly<Record<string, string>>;

/** Environments by container, good for one revision of one cluster: many requests are served between two changes. */
const known = new WeakMap<View, { readonly revision: number; readonly variables: Map<string, Variables> }>();

function variablesOf(view: View, pod: Stored<Pod>, container: Container, imageEnv: Variables): Variables {
  const { revision } = view;
  let cache = known.get(view);
  if (cache?.revision !== revision) {
    cache = { revision, variables: new Map() };
    known.set(view, cache);
  }
  const key = `${pod.metadata.uid}/${container.name}`;
  const found = cache.variables.get(key);
  if (found) return found;
  const environment = environmentOf(view, pod, container, imageEnv);
  const variables = 'error' in environment ? imageEnv : environment.variables;
  cache.variables.set(key, variables);
  return variables;
}
