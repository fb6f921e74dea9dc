import { formatPrintf } from '../printf-text';

/** A value; text from input that looks like a number compares as one. */
export type Value = number | string | { readonly text: string };

/** A value as a number: its leading digits, or 0. */
export const toNumber = (value: Value): number => {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : value.text;
  return Number(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text)?.[0] ?? 0);
};

/** A value as text; numbers as %.6g unless they are whole. */
export const toText = (value: Value): string => {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.text;
  return Number.isInteger(value) && Math.abs(value) < 1e16
    ? String(value)
    : formatPrintf('%.6g', [String(value)], true).text;
};

/** Whether a value compares as a number. */
export const looksNumeric = (value: Value): boolean =>
  typeof value === 'number' ||
  (typeof value !== 'string' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(value.text));

/** Whether a condition with this value holds. */
export const isTrue = (value: Value): boolean =>
  looksNumeric(value) ? toNumber(value) !== 0 : toText(value) !== '';
