import type { Pod } from '../../../../api';

export type PodSpec = NonNullable<Pod['spec']>;
export type Container = PodSpec['containers'][number];
type Annotations = Readonly<Record<string, string>>;

/** Why a check forbids a Pod; undefined when it does not. */
export type Verdict = { readonly reason: string; readonly detail: string } | undefined;

/** One rule, of a Pod's spec and annotations. */
export type CheckPod = (spec: PodSpec, annotations: Annotations) => Verdict;

/** A rule as it was from each release on, the newest last. */
export interface Check {
  readonly id: string;
  readonly versions: readonly (readonly [minor: number, check: CheckPod])[];
  /** A baseline check that this one stands in for. */
  readonly overrides?: string;
}

/** All containers: init, then regular, then ephemeral ones. */
export function containersOf(spec: PodSpec): readonly Container[] {
  return [
    ...(spec.initContainers ?? []),
    ...spec.containers,
    ...((spec.ephemeralContainers ?? []) as readonly Container[]),
  ];
}

/** "a", "b" in quotes. */
export const quoted = (items: readonly string[]): string => items.map((item) => `"${item}"`).join(', ');

/** Each once, in order. */
export const sorted = (items: Iterable<string>): readonly string[] => [...new Set(items)].sort();

export const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many);

/** `container "a"`, `containers "a", "b"`. */
export const namedContainers = (names: readonly string[]): string =>
  `${plural(names.length, 'container', 'containers')} ${quoted(names)}`;

/** Who set something: the Pod, some containers, or both. */
export function setters(
  pod: boolean,
  names: readonly string[],
  ...others: readonly string[]
): readonly string[] {
  return [...(pod ? ['pod'] : []), ...(names.length > 0 ? [namedContainers(names)] : []), ...others];
}

/** A check that rests for Pods on Windows. */
export const unlessWindows =
  (check: CheckPod): CheckPod =>
  (spec, annotations) =>
    spec.os?.name === 'windows' ? undefined : check(spec, annotations);

/** A check that rests for Pods in a user namespace of their own. */
export const unlessOwnUsers =
  (check: CheckPod): CheckPod =>
  (spec, annotations) =>
    spec.hostUsers === false ? undefined : check(spec, annotations);
