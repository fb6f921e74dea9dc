import { Temporal } from 'temporal-polyfill';
import { AppError } from '../app-error';

/** Whether a name is one of the time zones that there are. */
export function isTimeZone(name: string): boolean {
  return name === 'UTC' || Intl.supportedValuesOf('timeZone').includes(name);
}

/**
 * The moment that "2026-12-01T23:59", as a form has it, is in a time zone; undefined for an empty field. A time that a
 * change of the clocks leaves out is moved on by as much, as calendars do.
 */
export function readLocalTime(text: string, timeZone: string): Date | undefined {
  if (text.trim() === '') return undefined;
  try {
    const { epochMilliseconds } = Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone);
    return new Date(epochMilliseconds);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError('invalid', `"${text}" is not a date and a time, such as 2026-12-01T23:59.`);
  }
}

/** A moment as a form's field has it. */
export function localTime(at: Date | undefined, timeZone: string): string {
  if (at === undefined) return '';
  const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
  return zoned.toPlainDateTime().toString({ smallestUnit: 'minute' });
}
