import type { Container } from '../../api';
import { type ContainerRuntime, FRESH_CONTAINER } from './runtime';
import { between, tell, type Work, wake } from './work';

/** Bytes a second that a node pulls and unpacks. */
const PULL_BYTES_PER_MS = 60_000;
/** From a pull's failure to ErrImagePull giving way to ImagePullBackOff. */
const FAILURE_SHOWN_MS = 1000;
const PULL_BACKOFF_MAX_MS = 300_000;
/** A back-off is told again about this often, as the kubelet syncs Pods that have errors. */
const RESYNC_MIN_MS = 10_000;
const RESYNC_MAX_MS = 15_000;
const START_MIN_MS = 80;
const START_MAX_MS = 220;

/** "1.204s", "844ms", "1m2.5s": a duration as Go prints it, to the millisecond. */
export function goDuration(ms: number): string {
  if (ms === 0) return '0s';
  if (ms < 1000) return `${ms}ms`;
  const minutes = Math.floor(ms / 60_000);
  const seconds = `${Number(((ms % 60_000) / 1000).toFixed(3))}s`;
  return minutes === 0 ? seconds : `${minutes}m${seconds}`;
}

function pullPolicy(container: Container): string {
  if (container.imagePullPolicy) return container.imagePullPolicy;
  const last = (container.image ?? '').split('/').at(-1) ?? '';
  return !last.includes(':') || last.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}

/** Begins to get the container's image: from the node where it is there, else from the registry. */
export function beginPull(work: Work, container: Container, before: ContainerRuntime): ContainerRuntime {
  const { options, now, random } = work;
  const image = container.image ?? '';
  const runtime = { ...before, image };
  const found = options.findImage(image);
  if ('error' in found && found.error === 'invalid-name')
    return invalidName(work, container, runtime, found.message);
  const nodeName = work.node.metadata.name;
  const node = options.containers.node(nodeName);
  const present = !('error' in found) && node.images.includes(found.reference);
  const policy = pullPolicy(container);
  if (present && policy !== 'Always') {
    const message = `Container image "${image}" already present on machine and can be accessed by the pod`;
    tell(work, 'Normal', 'Pulled', message, container);
    return starting(work, runtime, found.reference, found.imageID);
  }
  if (policy === 'Never') return neverPulled(work, container, runtime);
  tell(work, 'Normal', 'Pulling', `Pulling image "${image}"`, container);
  const startedAt = Math.max(now, node.pullsDoneAt);
  const size = 'error' in found ? 0 : found.image.sizeBytes;
  // A pull of what is there already only asks the registry for the manifest.
  const duration = between(random, 400, 900) + (present ? 0 : Math.ceil(size / PULL_BYTES_PER_MS));
  const at = startedAt + duration;
  options.containers.setNode(nodeName, { ...node, pullsDoneAt: at });
  wake(work, at);
  const failure = 'error' in found ? found.message : undefined;
  return {
    ...runtime,
    phase: 'pulling',
    // A container that is started again keeps showing how it ended, or that it was held back.
    reason: runtime.ended === undefined ? 'ContainerCreating' : runtime.reason,
    message: runtime.ended === undefined ? undefined : runtime.message,
    at,
    pull: { queuedAt: now, startedAt, failure },
  };
}

function invalidName(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  message: string,
): ContainerRuntime {
  tell(work, 'Warning', 'InspectFailed', message, container);
  tell(work, 'Warning', 'Failed', 'Error: InvalidImageName', container);
  return retryLater(work, runtime, 'InvalidImageName', message);
}

function neverPulled(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const message = `Container image "${container.image}" is not present with pull policy of Never`;
  tell(work, 'Warning', 'ErrImageNeverPull', message, container);
  tell(work, 'Warning', 'Failed', 'Error: ErrImageNeverPull', container);
  return retryLater(work, runtime, 'ErrImageNeverPull', message);
}

/** Waits with a reason until the kubelet's next look at a Pod in error. */
export function retryLater(
  work: Work,
  runtime: ContainerRuntime,
  reason: string,
  message: string,
): ContainerRuntime {
  const at = work.now + between(work.random, RESYNC_MIN_MS, RESYNC_MAX_MS);
  wake(work, at);
  return { ...runtime, phase: 'waiting', reason, message, at };
}

/** A pull has ended: the container starts, or the failure is told. */
export function endPull(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { now, options } = work;
  const image = container.image ?? '';
  const pull = runtime.pull ?? { queuedAt: now, startedAt: now };
  const found = options.findImage(image);
  if (pull.failure !== undefined || 'error' in found) {
    const message = pull.failure ?? ('error' in found ? found.message : '');
    return pullFailed(work, container, runtime, message);
  }
  const node = options.containers.node(work.node.metadata.name);
  if (!node.images.includes(found.reference)) {
    options.containers.setNode(work.node.metadata.name, {
      ...node,
      images: [...node.images, found.reference],
    });
  }
  const [took, waited] = [goDuration(now - pull.startedAt), goDuration(now - pull.queuedAt)];
  const size = `Image size: ${found.image.sizeBytes} bytes.`;
  const message = `Successfully pulled image "${image}" in ${took} (${waited} including waiting). ${size}`;
  tell(work, 'Normal', 'Pulled', message, container);
  return starting(work, runtime, found.reference, found.imageID);
}

function starting(
  work: Work,
  runtime: ContainerRuntime,
  imageReference: string,
  imageID: string,
): ContainerRuntime {
  const at = work.now + between(work.random, START_MIN_MS, START_MAX_MS);
  wake(work, at);
  const { pull: _, retryAt: __, ...rest } = runtime;
  const { pullBackoffMs } = FRESH_CONTAINER;
  const shown = runtime.ended === undefined ? { reason: 'ContainerCreating', message: undefined } : {};
  return { ...rest, ...shown, phase: 'starting', at, imageReference, imageID, pullBackoffMs };
}

function pullFailed(
  work: Work,
  container: Container,
  runtime: ContainerRuntime,
  message: string,
): ContainerRuntime {
  const { now } = work;
  const image = container.image ?? '';
  tell(work, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`, container);
  tell(work, 'Warning', 'Failed', 'Error: ErrImagePull', container);
  const at = now + FAILURE_SHOWN_MS;
  wake(work, at);
  return {
    ...runtime,
    phase: 'pull-failed',
    reason: 'ErrImagePull',
    message,
    at,
    retryAt: now + runtime.pullBackoffMs,
    pullBackoffMs: Math.min(runtime.pullBackoffMs * 2, PULL_BACKOFF_MAX_MS),
    pull: { queuedAt: now, startedAt: now, failure: message },
  };
}

/** Tells of a pull's back-off, or tries again when it is over. */
export function backOffPull(work: Work, container: Container, runtime: ContainerRuntime): ContainerRuntime {
  const { now, random } = work;
  const retryAt = runtime.retryAt ?? now;
  if (runtime.phase === 'pull-failed' || now < retryAt) {
    const told = `Back-off pulling image "${container.image}"`;
    tell(work, 'Normal', 'BackOff', told, container);
    tell(work, 'Warning', 'Failed', 'Error: ImagePullBackOff', container);
    const at = Math.max(now + between(random, RESYNC_MIN_MS, RESYNC_MAX_MS), now + 1);
    wake(work, at);
    const message = `${told}: ErrImagePull: ${runtime.pull?.failure ?? ''}`;
    return { ...runtime, phase: 'waiting', reason: 'ImagePullBackOff', message, at };
  }
  return beginPull(work, container, runtime);
}
