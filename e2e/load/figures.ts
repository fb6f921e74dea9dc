import type { Answer } from './learner';

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

/** The lines whose answers came latest, with their spreads: some wait for the cluster (a Pod that is to start), not for the server. */
export function slowestLines(answers: readonly Answer[], most: number) {
  const byLine = new Map<string, Answer[]>();
  for (const answer of answers) byLine.set(answer.line, [...(byLine.get(answer.line) ?? []), answer]);
  return [...byLine]
    .map(([line, own]) => ({ line, ...spread(own.map(({ ms }) => ms)) }))
    .toSorted((a, b) => b.p95 - a.p95)
    .slice(0, most);
}

const STRETCH_MS = 10_000;

/** The 95th percentile in each ten seconds, in whole ms: whether everything is slow, or something comes in between. */
export function overTime(answers: readonly Answer[]): readonly number[] {
  const [first = 0] = answers.map(({ at }) => at).toSorted((a, b) => a - b);
  const stretches: number[][] = [];
  for (const { at, ms } of answers) {
    const stretch = Math.floor((at - first) / STRETCH_MS);
    stretches[stretch] = [...(stretches[stretch] ?? []), ms];
  }
  return Array.from(stretches, (own = []) => Math.round(quantile(own, 0.95)));
}
