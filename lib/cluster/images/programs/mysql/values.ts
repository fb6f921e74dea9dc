/** A decimal with the digits that it shows after its point. */
export interface Decimal {
  readonly decimal: number;
  readonly scale: number;
}
/** A value while a statement is worked out; cells keep what is JSON of it. */
export type Value = null | number | string | Decimal;
/** A cell as a table keeps it. */
export type Cell = null | number | string;

const isDecimal = (value: Value): value is Decimal => typeof value === 'object' && value !== null;

/** A value as a number, as MySQL reads texts: what begins like one counts. */
export function numberOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value;
  if (isDecimal(value)) return value.decimal;
  return Number(/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(value)?.[0] ?? 0);
}

/** A value as text; null stays null. */
export function textOf(value: Value): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  return isDecimal(value) ? value.decimal.toFixed(value.scale) : String(value);
}

/** Whether MySQL shows it to the right, as a number. */
export const isNumeric = (value: Value): boolean => typeof value === 'number' || isDecimal(value);

/** How many digits after the point an exact number has; undefined for floats and texts. */
export function scaleOf(value: Value): number | undefined {
  if (isDecimal(value)) return value.scale;
  return typeof value === 'number' && Number.isInteger(value) ? 0 : undefined;
}

/** A number with so many digits after its point; an integer without. */
export const exactly = (value: number, scale: number): Value =>
  scale === 0 ? Math.round(value) : { decimal: Number(value.toFixed(scale)), scale };

/** Below 0, 0 or above 0; null where a side is null. Texts compare without regard to case. */
export function compare(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  if (typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return numberOf(left) - numberOf(right);
}

/** For ORDER BY: nulls come first. */
export function order(left: Value, right: Value): number {
  if (left === null || right === null) return (left === null ? 0 : 1) - (right === null ? 0 : 1);
  return compare(left, right) ?? 0;
}

/** LIKE's pattern as a regular expression. */
export function likePattern(pattern: string): RegExp {
  const source = pattern.replace(/\\(.)|[%_]|[^\w\s%_\\]/gs, (piece, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped.replace(/\W/, '\\$&');
    return piece === '%' ? '[^]*' : piece === '_' ? '[^]' : `\\${piece}`;
  });
  return new RegExp(`^${source}$`, 'iu');
}
