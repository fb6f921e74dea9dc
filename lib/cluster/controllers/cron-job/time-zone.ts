/** How far a zone is ahead of UTC at a moment, in ms. */
export type OffsetAt = (ms: number) => number;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/;

/** A zone of the tz database; no name is UTC, an unknown one undefined. */
export function offsetOf(zone: string | undefined): OffsetAt | undefined {
  if (zone === undefined || zone === 'UTC' || zone === 'Etc/UTC') return () => 0;
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    return (ms) =>
      readOffset(format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '');
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readOffset(text: string): number {
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(text) ?? [];
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * 1000;
  return (sign === '-' ? -ahead : ahead) % DAY_MS;
}

/** "Z", "+02:00": the zone as RFC 3339 writes it. */
export function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset) / MINUTE_MS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
