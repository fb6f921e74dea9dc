/** What is wrong with a time zone; undefined when it is known, or none is named. */
export function timeZoneError(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  if (zone === '') return 'timeZone must be nil or non-empty string';
  if (zone.toLowerCase() === 'local') {
    return 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones';
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return `unknown time zone ${zone}`;
    throw error;
  }
}
