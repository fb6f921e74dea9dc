/** The object without some of its fields. */
export function omit<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const copy = { ...object };
  for (const key of keys) delete copy[key];
  return copy;
}

/** The object without fields that are undefined, null or "" (what Go leaves out when it writes the object again). */
export function compact<T extends object>(object: T): T {
  const entries = Object.entries(object).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return Object.fromEntries(entries) as T;
}

/** The object with `defaults` for the fields that it lacks (undefined, null or ""). */
export function withDefaults<T extends object>(object: T, defaults: Partial<T>): T {
  return { ...defaults, ...compact(object) };
}
