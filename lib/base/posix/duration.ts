/** A duration as sleep and timeout take it, in milliseconds. */
export function durationMs(text: string): number | undefined {
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  if (match === null) return text === 'infinity' ? 1e12 : undefined;
  const units: Readonly<Record<string, number>> = {
    '': 1000,
    s: 1000,
    m: 60_000,
    h: 3_600_000,
    d: 86_400_000,
  };
  return Number(match[1]) * (units[match[2] ?? ''] ?? 1000);
}
