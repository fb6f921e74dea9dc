/** The value below which `share` of all are; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Durations in a few figures, in whole ms. */
export function spread(values: readonly number[]) {
  const at = (share: number) => Math.round(quantile(values, share));
  return { count: values.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}
