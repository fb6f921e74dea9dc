import { scaleLinear } from 'd3-scale';

/** So many bars are seen at a glance. */
const BARS = 6;

/** Numbers as bars: how many fall into each of a few equal ranges, which bear their bounds as names. */
export function bins(
  values: readonly number[],
): readonly { readonly label: string; readonly value: number }[] {
  if (values.length === 0) return [];
  const bounds = scaleLinear()
    .domain([0, Math.max(1, ...values)])
    .nice(BARS)
    .ticks(BARS);
  return bounds.slice(0, -1).map((from, index) => {
    const to = bounds[index + 1] ?? from;
    const isLast = index === bounds.length - 2;
    const within = values.filter((value) => value >= from && (value < to || (isLast && value <= to)));
    return { label: `${from}–${to}`, value: within.length };
  });
}
