/** As many nodes' rules are kept as a learner's cluster has nodes; those of hundreds are made again when asked for. */
const FEW = 16;

/** What a map has under a key, or what `make` makes; of more than a few the oldest is forgotten. */
export function keepFew<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const [oldest] = map.keys();
  if (map.size >= FEW && oldest !== undefined) map.delete(oldest);
  const fresh = make();
  map.set(key, fresh);
  return fresh;
}
