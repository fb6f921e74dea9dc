import type { Pod, Stored } from '../../../../api';
import type { ServerContext } from '../../context';
import { evaluatePod } from './evaluate';
import { type LevelVersion, levelText } from './policy';

/** More Pods than this are not looked at. */
const MOST = 3000;

/** EvaluatePodsInNamespace: warnings about Pods that a namespace's new level would not let in. */
export function warnOfExistingPods(
  context: ServerContext,
  namespace: string,
  enforce: LevelVersion,
): readonly string[] {
  const pods = firstOfEach(context.store.list(`/pods/${namespace}/`) as readonly Stored<Pod>[]);
  const checked = pods.slice(0, MOST);
  const named = new Map<string, string[]>();
  for (const { metadata, spec } of checked) {
    const { allowed, reasons } = spec
      ? evaluatePod(enforce, metadata.annotations, spec)
      : { allowed: true, reasons: '' };
    if (!allowed) named.set(reasons, [...(named.get(reasons) ?? []), metadata.name]);
  }
  const warnings = [...named].map(([reasons, names]) => `${called(names)}: ${reasons}`).sort();
  return [
    ...(checked.length < pods.length
      ? [
          `new PodSecurity enforce level only checked against the first ${checked.length} of ${pods.length} existing pods`,
        ]
      : []),
    ...(warnings.length > 0
      ? [
          `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${levelText(enforce)}"`,
        ]
      : []),
    ...warnings,
  ];
}

function called(names: readonly string[]): string {
  const [first = ''] = [...names].sort();
  if (names.length === 1) return first;
  return names.length === 2 ? `${first} (and 1 other pod)` : `${first} (and ${names.length - 1} other pods)`;
}

/** One Pod of each controller first, the others of it last. */
function firstOfEach(pods: readonly Stored<Pod>[]): readonly Stored<Pod>[] {
  const seen = new Set<string>();
  const others: Stored<Pod>[] = [];
  const first = pods.filter((pod) => {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
    if (owner === undefined || !seen.has(owner)) {
      if (owner !== undefined) seen.add(owner);
      return true;
    }
    others.push(pod);
    return false;
  });
  return [...first, ...others];
}
