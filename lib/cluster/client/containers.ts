import { badRequest, type ContainerStatus, internalError, type Pod, type Stored } from '../../api';

/** The container that a request means, by name or because there is one only; refuses unknown ones (validateContainer). */
export function chooseContainer(pod: Stored<Pod>, asked: string): string {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const { name } = pod.metadata;
  if (asked !== '') {
    const all = [...initContainers, ...containers, ...ephemeralContainers];
    if (all.some((each) => each.name === asked)) return asked;
    throw badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const [first, ...others] = containers.map((each) => each.name);
  if (first !== undefined && others.length === 0) return first;
  const inits = initContainers.map((each) => each.name);
  const choice = first === undefined ? '' : `, choose one of: [${[first, ...others].join(' ')}]`;
  const early = inits.length > 0 ? ` or one of the init containers: [${inits.join(' ')}]` : '';
  throw badRequest(`a container name must be specified for pod ${name}${choice}${early}`);
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

/** Refuses to enter a container that does not run, as its kubelet does. */
export function checkEnterable(pod: Stored<Pod>, container: string): void {
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
