import { Temporal } from 'temporal-polyfill';
import { AppError } from '../app-error';

/** Whether a name is one of the time zones that there are; by whichever of its names, since browsers differ in which they give. */
export function isTimeZone(name: string): boolean {
  // A distance from Greenwich alone is no place: its clocks would never change.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return false;
  }
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
