/** Which Pod lies at which berth, by node; a berth that was left is `undefined`. */
export type Berths = Readonly<Record<string, readonly (string | undefined)[]>>;

/** What has to lie somewhere. */
export interface Ship {
  readonly key: string;
  /** Empty while the Pod is bound to no node. */
  readonly node: string;
}

/**
 * The berths of the Pods that are there now, so that a picture stays calm: a Pod keeps its berth, a newcomer takes the
 * first one free on its node, and only empty berths at the end go away.
 */
export function moor(before: Berths, ships: readonly Ship[]): Berths {
  const after: Record<string, (string | undefined)[]> = {};
  const there = new Map(ships.map(({ key, node }) => [key, node]));
  for (const [node, berths] of Object.entries(before)) {
    after[node] = berths.map((key) => (key !== undefined && there.get(key) === node ? key : undefined));
  }
  const moored = new Set(Object.values(after).flat());
  for (const { key, node } of ships) {
    if (moored.has(key)) continue;
    const berths = after[node] ?? [];
    const free = berths.indexOf(undefined);
    after[node] = free < 0 ? [...berths, key] : berths.with(free, key);
  }
  return Object.fromEntries(Object.entries(after).map(([node, berths]) => [node, withoutTail(berths)]));
}

function withoutTail(berths: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return berths.slice(0, berths.findLastIndex((key) => key !== undefined) + 1);
}
