import type { Container, Delivery, Pod, Request, Stored, Traced, Vantage, View } from '../../api';
import type { Random } from '../../base';
import type { FoundImage, PullFailure } from '../images';
import { resolveCommand } from '../images';
import type { ContainerRecord, ProcessEnv } from '../seams';
import { readContainerFile } from './container-files';
import type { ContainerRegistry } from './containers';
import { environmentOf, expand } from './environment';

/** The result of a command run in a container, for exec probes and hooks. */
export interface CommandResult {
  readonly exitCode: number;
  readonly output: string;
}

/** What kubelets need of the rest of the cluster. */
export interface KubeletOptions {
  readonly containers: ContainerRegistry;
  findImage(reference: string): FoundImage | PullFailure;
  /** Sends from a vantage point through the network. */
  send(from: Vantage, host: string, port: number, request: Request): Traced<Delivery>;
  /** Runs a command of an exec probe; without it a few commands that only look are understood. */
  runCommand?:
    | ((record: ContainerRecord, command: readonly string[], env: ProcessEnv) => CommandResult)
    | undefined;
}

/** All containers of a Pod that have a program: init containers first. */
export function allContainers(pod: Pod): readonly Container[] {
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
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
  const variables = variablesOf(view, pod, container, image.env ?? {});
  const expanded = (words: readonly string[] | undefined): readonly string[] | undefined =>
    words?.map((word) => expand(word, variables));
  const command = resolveCommand(image, {
    command: expanded(container.command),
    args: expanded(container.args),
  });
  const { namespace = '', name: podName } = pod.metadata;
  const key = `${namespace}/${podName}`;
  return {
    now,
    random,
    hostname: pod.spec?.hostNetwork ? (pod.spec.nodeName ?? '') : (pod.spec?.hostname ?? podName),
    podIP: options.containers.pod(key)?.ip ?? pod.status?.podIP ?? '',
    namespace,
    podName,
    image: container.image ?? '',
    argv: 'argv' in command ? command.argv : [],
    env: variables,
    ofJob: pod.metadata.ownerReferences?.some((owner) => owner.kind === 'Job') ?? false,
    ports: (container.ports ?? []).map((port) => ({
      name: port.name,
      containerPort: port.containerPort,
      protocol: (port.protocol ?? 'TCP') as ProcessEnv['ports'][number]['protocol'],
    })),
    readFile: (path) =>
      readContainerFile(
        view,
        pod,
        container,
        options.containers.get(namespace, podName, name),
        image.files ?? {},
        path,
      ),
    send: (host, port, request) =>
      options.send({ kind: 'pod', namespace, name: podName }, host, port, request),
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
