import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityOf,
  subtractQuantities,
} from '../../../base';

/** A v1.ResourceList: so much of each resource. */
export type Amounts = ReadonlyMap<string, Quantity>;

/** The same as objects write it. */
export type AmountTexts = Readonly<Record<string, string>>;

export const NOTHING: Quantity = quantityOf(0);

/** Reads a list of an object; what is no quantity was refused long before. */
export function readAmounts(texts: AmountTexts | undefined): Amounts {
  return new Map(Object.entries(texts ?? {}).map(([name, text]) => [name, parseQuantity(text) ?? NOTHING]));
}

/** Canonical texts, in order of names. */
export function writeAmounts(amounts: Amounts): AmountTexts {
  return Object.fromEntries(sorted(amounts).map(([name, amount]) => [name, formatQuantity(amount)]));
}

const sorted = (amounts: Amounts): readonly (readonly [string, Quantity])[] =>
  [...amounts].sort(([a], [b]) => (a < b ? -1 : 1));

/** quota.Add. */
export function addAmounts(a: Amounts, b: Amounts): Amounts {
  const sum = new Map(a);
  for (const [name, amount] of b) {
    const known = sum.get(name);
    sum.set(name, known ? addQuantities(known, amount) : amount);
  }
  return sum;
}

/** quota.Max. */
export function maxAmounts(a: Amounts, b: Amounts): Amounts {
  const most = new Map(a);
  for (const [name, amount] of b) {
    const known = most.get(name);
    if (!known || compareQuantities(known, amount) <= 0) most.set(name, amount);
  }
  return most;
}

/** quota.SubtractWithNonNegativeResult: what `a` has more than `b`, never less than nothing. */
export function excessAmounts(a: Amounts, b: Amounts): Amounts {
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map(
    [...names].map((name) => {
      const difference = subtractQuantities(a.get(name) ?? NOTHING, b.get(name) ?? NOTHING);
      return [name, difference.digits > 0n ? difference : NOTHING];
    }),
  );
}

/** quota.Mask: only the resources named. */
export function maskAmounts(amounts: Amounts, names: Iterable<string>): Amounts {
  const wanted = new Set(names);
  return new Map([...amounts].filter(([name]) => wanted.has(name)));
}

/** quota.RemoveZeros. */
export function withoutZeros(amounts: Amounts): Amounts {
  return new Map([...amounts].filter(([, { digits }]) => digits !== 0n));
}

/** quota.Equals. */
export function sameAmounts(a: Amounts, b: Amounts): boolean {
  return (
    a.size === b.size &&
    [...a].every(([name, amount]) => {
      const other = b.get(name);
      return other !== undefined && compareQuantities(amount, other) === 0;
    })
  );
}

/** "pods=1,requests.cpu=200m", as refusals list amounts. */
export function listAmounts(amounts: Amounts): string {
  return sorted(amounts)
    .map(([name, amount]) => `${name}=${formatQuantity(amount)}`)
    .join(',');
}
