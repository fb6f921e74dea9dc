import type { Container } from '../../api';
import { resolveCommand } from '../images';
import type { ContainerRecord } from '../seams';
import { noteEnd } from './end-container';
import { environmentOf } from './environment';
import { takeTurn } from './program-turn';
import { beginPull, retryLater } from './pull';
import type { ContainerRuntime } from './runtime';
import { tell, type Work } from './work';
import { processEnv } from './world';

/** Creates and starts a container whose image is there; its phase is 'hook' until the postStart hook is done. */
export function startContainer(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
): ContainerRuntime {
  const { options, view, pod, now, random } = work;
  const found = options.findImage(container.image ?? '');
  if ('error' in found) return beginPull(work, container, runtime);
  const environment = environmentOf(view, withAddress(work), container, found.image.env ?? {});
  const problem = 'error' in environment ? environment.error : userProblem(work, container, found.image.user);
  if (problem !== undefined) {
    tell(work, 'Warning', 'Failed', `Error: ${problem}`, container);
    return retryLater(work, runtime, 'CreateContainerConfigError', problem);
  }
  tell(work, 'Normal', 'Created', 'Container created', container);
  const restarts = runtime.last === undefined && runtime.ended === undefined ? 0 : runtime.restarts + 1;
  const { ended, at: _, wakeAt: __, stop: ___, hook: ____, ...kept } = runtime;
  const base: ContainerRuntime = {
    ...kept,
    phase: 'hook',
    restarts,
    containerID: `containerd://${hexId(random)}`,
    startedAt: now,
    last: ended ?? runtime.last,
    probes: {},
  };
  const record = freshRecord(work, container, base, found.image.client?.name);
  const variables = 'variables' in environment && readsOthers(container) ? environment.variables : undefined;
  options.containers.update({ ...record, ...(variables === undefined ? {} : { environment: variables }) });
  const env = processEnv(options, view, pod, container.name, now, random);
  const command = resolveCommand(found.image, container, env?.readFile);
  if (!('argv' in command)) return startFailed(work, container, base, command);
  tell(work, 'Normal', 'Started', 'Container started', container);
  return env === undefined ? base : takeTurn(work, container, base, found.image.start(env));
}

/** Whether the environment comes from objects that may say something else later; what does not is worked out anew. */
const readsOthers = ({ env = [], envFrom = [] }: Container): boolean =>
  envFrom.length > 0 ||
  env.some(
    ({ valueFrom }) => valueFrom?.configMapKeyRef !== undefined || valueFrom?.secretKeyRef !== undefined,
  );

/** The Pod with the address that it was just given, which its status tells only after the next sync. */
function withAddress({ options, pod }: Work): Work['pod'] {
  const { namespace = '', name } = pod.metadata;
  const podIP = options.containers.pod(`${namespace}/${name}`)?.ip ?? pod.status?.podIP;
  if (podIP === undefined || podIP === '') return pod;
  return { ...pod, status: { ...pod.status, podIP, podIPs: [{ ip: podIP }] } };
}

/** The runtime could not start the process: the container waits with RunContainerError, where it is tried again. */
function startFailed(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  why: { readonly exitCode: number; readonly reason: string; readonly message: string },
): ContainerRuntime {
  tell(work, 'Warning', 'Failed', `Error: ${why.message}`, container);
  const ended = { ...why, startedAt: 0, finishedAt: work.now, containerID: runtime.containerID ?? '' };
  return noteEnd(work, container, { ...runtime, reason: 'RunContainerError', message: why.message }, ended);
}

/** Why a container that must not run as root cannot be made (verifyRunAsNonRoot). */
function userProblem({ pod }: Work, container: Container, imageUser = ''): string | undefined {
  const { securityContext: own } = container;
  const shared = pod.spec?.securityContext;
  if ((own?.runAsNonRoot ?? shared?.runAsNonRoot) !== true) return undefined;
  const { name, namespace = '', uid } = pod.metadata;
  const where = `(pod: "${name}_${namespace}(${uid})", container: ${container.name})`;
  const asked = own?.runAsUser ?? shared?.runAsUser;
  if (asked !== undefined)
    return asked === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  if (imageUser === '' || imageUser === '0' || imageUser === 'root')
    return `container has runAsNonRoot and image will run as root ${where}`;
  if (/^\d+$/.test(imageUser)) return undefined;
  return `container has runAsNonRoot and image has non-numeric user (${imageUser}), cannot verify user is non-root ${where}`;
}

function freshRecord(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  client: string | undefined,
): ContainerRecord {
  const { options, pod, now, node } = work;
  const { namespace = '', name: podName, uid } = pod.metadata;
  const before = options.containers.get(namespace, podName, container.name);
  return {
    podUid: uid,
    namespace,
    podName,
    name: container.name,
    node: node.metadata.name,
    image: container.image ?? '',
    containerID: runtime.containerID ?? '',
    state: null,
    running: true,
    startedAt: now,
    restarts: runtime.restarts,
    log: [],
    previousLog: before?.log ?? [],
    files: {},
    ...(client === undefined ? {} : { client }),
  };
}

/** 64 hexadecimal digits, as containerd names containers. */
function hexId(random: Work['random']): string {
  let id = '';
  while (id.length < 64)
    id += Math.floor(random.next() * 0x100000000)
      .toString(16)
      .padStart(8, '0');
  return id;
}
