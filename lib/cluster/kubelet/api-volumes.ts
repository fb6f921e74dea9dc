import type { Pod, Stored, View } from '../../api';
import { deepEqual } from '../../base';
import type { PodRuntime } from './runtime';
import { volumeKey } from './volume-key';
import { filesOf } from './volumes';
import { between, type Work, wake } from './work';

type Volume = NonNullable<NonNullable<Pod['spec']>['volumes']>[number];

/**
 * The kubelet looks at each of its Pods about once a minute (syncFrequency), and only then brings volumes up to date that
 * are made of ConfigMaps and Secrets: a change is seen in the container after some time within that.
 */
const SYNC_MIN_MS = 1000;
const SYNC_MAX_MS = 60_000;

/** Volumes whose files change when their objects do; the token's own is left out, which nobody edits. */
function changing(pod: Stored<Pod>): readonly Volume[] {
  return (pod.spec?.volumes ?? []).filter(
    ({ configMap, secret, projected }) =>
      configMap !== undefined ||
      secret !== undefined ||
      (projected !== undefined &&
        (projected.sources ?? []).every((source) => source.serviceAccountToken === undefined)),
  );
}

/** Writes the volumes that are made of ConfigMaps and Secrets, as they are now. */
export function writeApiVolumes({ options, view, pod }: Work): void {
  for (const volume of changing(pod)) {
    const found = filesOf(view, options.tokenOf, pod, volume);
    // Of what is gone meanwhile the last that was written stays.
    if ('files' in found) options.containers.setVolume(volumeKey(view, pod, volume), found.files);
  }
}

/** Brings volumes up to date when their time has come, and sees to it that it comes. */
export function refreshApiVolumes(work: Work, runtime: PodRuntime): PodRuntime {
  const { options, view, pod, now, random } = work;
  const { refreshAt } = runtime;
  if (refreshAt !== undefined) {
    if (refreshAt > now) {
      wake(work, refreshAt);
      return runtime;
    }
    writeApiVolumes(work);
    const { refreshAt: _, ...rest } = runtime;
    return rest;
  }
  const stale = changing(pod).some((volume) => {
    const written = options.containers.volume(volumeKey(view, pod, volume));
    const found = filesOf(view, options.tokenOf, pod, volume);
    return written !== undefined && 'files' in found && !deepEqual(written, found.files);
  });
  if (!stale) return runtime;
  const at = now + between(random, SYNC_MIN_MS, SYNC_MAX_MS);
  wake(work, at);
  return { ...runtime, refreshAt: at };
}

/** Pods ("namespace/name") whose volumes are made of a ConfigMap or a Secret. */
export function podsMounting(
  kind: 'configMap' | 'secret',
  object: Stored | undefined,
  view: View,
): readonly string[] {
  const { namespace = '', name = '' } = object?.metadata ?? {};
  return view
    .list<Pod>('pods', namespace)
    .filter((pod) => pod.spec?.nodeName && changing(pod).some((volume) => names(kind, volume).includes(name)))
    .map((pod) => `${namespace}/${pod.metadata.name}`);
}

function names(kind: 'configMap' | 'secret', { configMap, secret, projected }: Volume): readonly unknown[] {
  const sources = (projected?.sources ?? []).map((source) => source[kind]?.name);
  return [kind === 'configMap' ? configMap?.name : secret?.secretName, ...sources];
}
