import type { Container, Pod, PodSpec } from '../../../api';
import { type Amounts, addAmounts, maxAmounts, readAmounts } from './amounts';

type Side = 'requests' | 'limits';
const NONE: Amounts = new Map();
/** Resources that a Pod may be given as a whole (resourcehelper.SupportedPodLevelResources). */
const POD_LEVEL = /^(cpu|memory|hugepages-.*)$/;

/**
 * What a Pod asks for or may use as a whole (resourcehelper.PodRequests and PodLimits without overhead): its containers
 * and sidecars together, or what its init containers need while they run, if that is more; a Pod's own numbers go first.
 */
export function podAmounts(spec: PodSpec | undefined, side: Side): Amounts {
  const own = readAmounts(podLevel(spec)?.[side]);
  const containers = containerAmounts(spec, side);
  return new Map([...containers, ...[...own].filter(([name]) => POD_LEVEL.test(name))]);
}

/** The same with the runtime's overhead, which is added to limits only where there are any. */
export function podAmountsWithOverhead(spec: PodSpec | undefined, side: Side): Amounts {
  const amounts = podAmounts(spec, side);
  const overhead = readAmounts(spec?.overhead);
  if (side === 'requests') return addAmounts(amounts, overhead);
  return addAmounts(
    amounts,
    new Map([...overhead].filter(([name]) => (amounts.get(name)?.digits ?? 0n) !== 0n)),
  );
}

type PodLevel = NonNullable<Container['resources']>;
const podLevel = (spec: PodSpec | undefined): PodLevel | undefined =>
  (spec as { readonly resources?: PodLevel } | undefined)?.resources;

function containerAmounts(spec: PodSpec | undefined, side: Side): Amounts {
  const amountsOf = (container: Container): Amounts => readAmounts(container.resources?.[side]);
  let running = (spec?.containers ?? []).reduce((sum, each) => addAmounts(sum, amountsOf(each)), NONE);
  let sidecars = NONE;
  let starting = NONE;
  for (const container of spec?.initContainers ?? []) {
    const own = amountsOf(container);
    if (container.restartPolicy === 'Always') {
      running = addAmounts(running, own);
      sidecars = addAmounts(sidecars, own);
      starting = maxAmounts(starting, sidecars);
    } else starting = maxAmounts(starting, addAmounts(own, sidecars));
  }
  return maxAmounts(running, starting);
}

/** Whether anything of the Pod is to be measured as an object of its own. */
export const allContainers = (pod: Pod): readonly Container[] => [
  ...(pod.spec?.containers ?? []),
  ...(pod.spec?.initContainers ?? []),
];
