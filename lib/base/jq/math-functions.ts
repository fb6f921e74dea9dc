import type { ValueFunction } from './evaluate';
import { isNumber, JqError, type JqValue, numberOf, shown } from './value';

function number(value: JqValue): number {
  if (!isNumber(value)) throw new JqError(`${shown(value)} number required`);
  return numberOf(value);
}

/** Rounds halves away from zero, as C's round does. */
const round = (x: number): number => (x < 0 ? -Math.round(-x) : Math.round(x));

/** Rounds halves to the even number, as rint does. */
function rint(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}

/** C's frexp: a mantissa of 0.5 up to 1, and the power of two. */
function frexp(x: number): readonly [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let mantissa = x * 2 ** -exponent;
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2;
    exponent -= 1;
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2;
    exponent += 1;
  }
  return [mantissa, exponent];
}

const ONE: Readonly<Record<string, (x: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  round,
  nearbyint: rint,
  rint,
  trunc: Math.trunc,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  fabs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  exp10: (x) => 10 ** x,
  pow10: (x) => 10 ** x,
  expm1: Math.expm1,
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  logb: (x) => frexp(x)[1] - 1,
  significand: (x) => frexp(x)[0] * 2,
};

const TWO: Readonly<Record<string, (x: number, y: number) => number>> = {
  pow: (x, y) => x ** y,
  atan2: Math.atan2,
  fmod: (x, y) => x % y,
  fmin: Math.min,
  fmax: Math.max,
  hypot: Math.hypot,
  ldexp: (x, y) => x * 2 ** y,
  scalb: (x, y) => x * 2 ** y,
  scalbln: (x, y) => x * 2 ** y,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
};

/** Builtins about numbers. */
export const MATH: readonly (readonly [string, ValueFunction])[] = [
  ...Object.entries(ONE).map(([name, run]) => [`${name}/0`, (input: JqValue) => run(number(input))] as const),
  ...Object.entries(TWO).map(
    ([name, run]) =>
      [
        `${name}/2`,
        (_: JqValue, [x = null, y = null]: readonly JqValue[]) => run(number(x), number(y)),
      ] as const,
  ),
  ['frexp/0', (input) => frexp(number(input))],
  ['modf/0', (input) => [number(input) % 1, Math.trunc(number(input))]],
];
