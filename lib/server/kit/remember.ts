/**
 * What was made of a value before, by a key: proving a lab again after a small change repeats only what the change
 * touches. Workspaces that are only forked and read stay as they are, so they may stand as values.
 */
export function createMemory<V>(): (of: object, key: string, make: () => Promise<V>) => Promise<V> {
  const memory = new WeakMap<object, Map<string, Promise<V>>>();
  return (of, key, make) => {
    const known = memory.get(of) ?? new Map<string, Promise<V>>();
    memory.set(of, known);
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
}
