import { badRequest, type ContainerStatus, internalError, type Pod, type Stored } from '../../api';

/** The container that a request means, by name or by default; refuses unknown ones. */
export function chooseContainer(pod: Stored<Pod>, asked: string): string {
  const names = allContainers(pod);
  const { name } = pod.metadata;
  if (asked !== '') {
    if (names.includes(asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const preferred = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (preferred !== undefined && names.includes(preferred)) return preferred;
  const [first, ...others] = pod.spec?.containers.map((each) => each.name) ?? [];
  if (first === undefined || others.length > 0) {
    throw badRequest(
      `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`,
    );
  }
  return first;
}

function allContainers(pod: Pod): readonly string[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
  return [...containers, ...initContainers, ...ephemeralContainers].map((each) => each.name);
}

/** What the kubelet reports of a container. */
export function statusOf(pod: Pod, container: string): ContainerStatus | undefined {
  const {
    containerStatuses = [],
    initContainerStatuses = [],
    ephemeralContainerStatuses = [],
  } = pod.status ?? {};
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses].find(
    (each) => each.name === container,
  );
}

/** Refuses to enter a Pod that nothing runs in. */
export function checkEnterable(pod: Stored<Pod>, container: string): void {
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw badRequest(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  if (!pod.spec?.nodeName) throw badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  if (statusOf(pod, container)?.state?.running) return;
  throw internalError(`unable to upgrade connection: container not found (${JSON.stringify(container)})`);
}

/** Refuses to show a log that does not exist yet (kubelet validateContainerLogStatus). */
export function checkLogged(pod: Stored<Pod>, container: string, previous: boolean): void {
  const status = statusOf(pod, container);
  const where = `container ${JSON.stringify(container)} in pod ${JSON.stringify(pod.metadata.name)}`;
  if (!status) {
    if (pod.spec?.nodeName) throw badRequest(`${where} is waiting to start: ContainerCreating`);
    return;
  }
  if (previous) {
    if (status.lastState?.terminated) return;
    throw badRequest(`previous terminated ${where} not found`);
  }
  if (status.state?.running || status.state?.terminated || status.lastState?.terminated) return;
  const reason = status.state?.waiting?.reason ?? 'ContainerCreating';
  throw badRequest(`${where} is waiting to start: ${PULL_FAILURES[reason] ?? reason}`);
}

const PULL_FAILURES: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};
