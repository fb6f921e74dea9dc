/** A resource quantity ("100m", "64Mi", "1e3") as an exact decimal: value = digits × 10^-scale. */
export interface Quantity {
  readonly digits: bigint;
  readonly scale: number;
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent';
}

const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};

const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** Finest precision kept: nano, as upstream; finer values are rounded up. */
const MAX_SCALE = 9;

const SHAPE = /^([+-]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+|Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]?)$/;

/** The text that the API server answers for a quantity which does not parse. */
export const QUANTITY_ERROR =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Reads a quantity; a JSON number is allowed, as the API server allows it. Undefined when it is none. */
export function parseQuantity(value: string | number): Quantity | undefined {
  const match = SHAPE.exec(String(value));
  if (!match) return undefined;
  const [, sign = '', number = '', suffix = ''] = match;
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(`${whole}${fraction}` || '0') * (sign === '-' ? -1n : 1n);
  const binary = BINARY[suffix];
  if (binary !== undefined) return settle(digits * binary, fraction.length, 'BinarySI');
  const decimal = DECIMAL[suffix];
  if (decimal !== undefined) return settle(digits, fraction.length - decimal, 'DecimalSI');
  return settle(digits, fraction.length - Number(suffix.slice(1)), 'DecimalExponent');
}

/** Removes trailing zeros and negative scales, and rounds up what is finer than nano. */
function settle(digits: bigint, scale: number, format: Quantity['format']): Quantity {
  let [d, s] = scale < 0 ? [digits * 10n ** BigInt(-scale), 0] : [digits, scale];
  while (s > 0 && d % 10n === 0n) [d, s] = [d / 10n, s - 1];
  if (s > MAX_SCALE) {
    const unit = 10n ** BigInt(s - MAX_SCALE);
    const down = d / unit;
    return settle(d % unit === 0n || d < 0n ? down : down + 1n, MAX_SCALE, format);
  }
  return { digits: d, scale: s, format };
}

/** Whether a text or number is a quantity. */
export function isQuantity(value: string | number): boolean {
  return parseQuantity(value) !== undefined;
}

/** Below 0, 0 or above 0, as `a` is less than, equal to or more than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = raise(a, scale) - raise(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const raise = (q: Quantity, scale: number): bigint => q.digits * 10n ** BigInt(scale - q.scale);

/** The sum, in the first one's format (that of the second when the first is zero, as upstream). */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const scale = Math.max(a.scale, b.scale);
  return settle(raise(a, scale) + raise(b, scale), scale, a.digits === 0n ? b.format : a.format);
}

/** The difference `a − b`. */
export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return addQuantities(a, { ...b, digits: -b.digits });
}

/** A quantity of so many whole units. */
export function quantityOf(value: number, format: Quantity['format'] = 'DecimalSI'): Quantity {
  return { digits: BigInt(Math.trunc(value)), scale: 0, format };
}

/** The value in units, rounded up (Quantity.Value). */
export function quantityValue(quantity: Quantity): number {
  return roundedUp(quantity, 0);
}

/** The value in thousandths, rounded up (Quantity.MilliValue). */
export function quantityMilliValue(quantity: Quantity): number {
  return roundedUp(quantity, 3);
}

function roundedUp(quantity: Quantity, scale: number): number {
  if (quantity.scale <= scale) return Number(raise(quantity, scale));
  const unit = 10n ** BigInt(quantity.scale - scale);
  const down = quantity.digits / unit;
  return Number(quantity.digits % unit !== 0n && quantity.digits > 0n ? down + 1n : down);
}

/** The canonical text (Quantity.String): "1500m" for 1.5, "1Gi" for 1024Mi. */
export function formatQuantity(quantity: Quantity): string {
  if (quantity.digits === 0n) return '0';
  if (quantity.format === 'BinarySI') {
    const binary = formatBinary(quantity);
    if (binary !== undefined) return binary;
  }
  return formatDecimal(quantity);
}

/** Binary suffixes are for whole numbers of 1024 or more; others print as decimals, as upstream. */
function formatBinary({ digits, scale }: Quantity): string | undefined {
  const size = digits < 0n ? -digits : digits;
  if (scale > 0 || size < 1024n) return undefined;
  const fitting = Object.entries(BINARY).filter(([, unit]) => digits % unit === 0n);
  const [suffix, unit] = fitting.at(-1) ?? ['', 1n];
  return `${digits / unit}${suffix}`;
}

function formatDecimal({ digits, scale, format }: Quantity): string {
  let [d, exponent] = [digits, -scale];
  while (d % 10n === 0n) [d, exponent] = [d / 10n, exponent + 1];
  while (exponent % 3 !== 0) [d, exponent] = [d * 10n, exponent - 1];
  if (format === 'DecimalExponent') return exponent === 0 ? `${d}` : `${d}e${exponent}`;
  const suffix = Object.entries(DECIMAL).find(([, power]) => power === exponent);
  return suffix ? `${d}${suffix[0]}` : `${d}e${exponent}`;
}

/** The canonical text of a quantity text; the text itself when it is no quantity. */
export function canonicalQuantity(value: string | number): string {
  const parsed = parseQuantity(value);
  return parsed === undefined ? String(value) : formatQuantity(parsed);
}
