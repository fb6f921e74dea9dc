/** Where a slice is seen to be before it is sorted. */
type Hint = 'unknown' | 'increasing' | 'decreasing';

const MAX_INSERTION = 12;
const SHORTEST_NINTHER = 50;
const MAX_SWAPS = 12;
const SHORTEST_SHIFTING = 50;
const MAX_STEPS = 5;
const MASK = (1n << 64n) - 1n;

/**
 * The items in the order in which Go's sort.Sort leaves them: it is not stable, so equal ones move as its pattern-defeating
 * quicksort moves them.
 */
export function goSort<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): readonly T[] {
  const data = [...items];
  const less = (a: number, b: number): boolean => isLess(data[a] as T, data[b] as T);
  const swap = (a: number, b: number): void => {
    const held = data[a] as T;
    data[a] = data[b] as T;
    data[b] = held;
  };
  quick({ less, swap }, 0, data.length, bitLength(data.length));
  return data;
}

interface Slice {
  less(a: number, b: number): boolean;
  swap(a: number, b: number): void;
}

const bitLength = (value: number): number => (value === 0 ? 0 : Math.floor(Math.log2(value)) + 1);

function quick(slice: Slice, from: number, to: number, badAllowed: number): void {
  let [a, b, limit] = [from, to, badAllowed];
  let wasBalanced = true;
  let wasPartitioned = true;
  for (;;) {
    const length = b - a;
    if (length <= MAX_INSERTION || limit === 0) {
      (length <= MAX_INSERTION ? insertion : heap)(slice, a, b);
      return;
    }
    if (!wasBalanced) {
      breakPatterns(slice, a, b);
      limit -= 1;
    }
    let [pivot, hint] = choosePivot(slice, a, b);
    if (hint === 'decreasing') {
      for (let i = a, j = b - 1; i < j; i += 1, j -= 1) slice.swap(i, j);
      pivot = b - 1 - (pivot - a);
      hint = 'increasing';
    }
    if (wasBalanced && wasPartitioned && hint === 'increasing' && isNearlySorted(slice, a, b)) return;
    if (a > 0 && !slice.less(a - 1, pivot)) {
      a = partitionEqual(slice, a, b, pivot);
      continue;
    }
    const [middle, already] = partition(slice, a, b, pivot);
    wasPartitioned = already;
    const [left, right] = [middle - a, b - middle];
    wasBalanced = Math.min(left, right) >= Math.floor(length / 8);
    if (left < right) {
      quick(slice, a, middle, limit);
      a = middle + 1;
    } else {
      quick(slice, middle + 1, b, limit);
      b = middle;
    }
  }
}

function insertion({ less, swap }: Slice, a: number, b: number): void {
  for (let i = a + 1; i < b; i += 1) for (let j = i; j > a && less(j, j - 1); j -= 1) swap(j, j - 1);
}

function heap(slice: Slice, a: number, b: number): void {
  const size = b - a;
  for (let i = Math.floor((size - 1) / 2); i >= 0; i -= 1) siftDown(slice, i, size, a);
  for (let i = size - 1; i >= 0; i -= 1) {
    slice.swap(a, a + i);
    siftDown(slice, 0, i, a);
  }
}

function siftDown({ less, swap }: Slice, start: number, size: number, first: number): void {
  for (let root = start; ; ) {
    let child = 2 * root + 1;
    if (child >= size) return;
    if (child + 1 < size && less(first + child, first + child + 1)) child += 1;
    if (!less(first + root, first + child)) return;
    swap(first + root, first + child);
    root = child;
  }
}

function breakPatterns({ swap }: Slice, a: number, b: number): void {
  const length = b - a;
  if (length < 8) return;
  let seed = BigInt(length);
  const modulus = 1n << BigInt(bitLength(length));
  const at = a + Math.floor(length / 4) * 2 - 1;
  for (let i = 0; i < 3; i += 1) {
    seed ^= (seed << 13n) & MASK;
    seed ^= seed >> 7n;
    seed ^= (seed << 17n) & MASK;
    let other = Number(seed & (modulus - 1n));
    if (other >= length) other -= length;
    swap(at + i, a + other);
  }
}

function choosePivot(slice: Slice, a: number, b: number): [pivot: number, hint: Hint] {
  const length = b - a;
  const quarter = Math.floor(length / 4);
  let swaps = 0;
  const ordered = (x: number, y: number): readonly [number, number] => {
    if (!slice.less(y, x)) return [x, y];
    swaps += 1;
    return [y, x];
  };
  const median = (x: number, y: number, z: number): number => {
    const [low, high] = ordered(x, y);
    const [next] = ordered(high, z);
    return ordered(low, next)[1];
  };
  let [i, j, k] = [a + quarter, a + quarter * 2, a + quarter * 3];
  if (length >= 8) {
    if (length >= SHORTEST_NINTHER) {
      i = median(i - 1, i, i + 1);
      j = median(j - 1, j, j + 1);
      k = median(k - 1, k, k + 1);
    }
    j = median(i, j, k);
  }
  return [j, swaps === 0 ? 'increasing' : swaps === MAX_SWAPS ? 'decreasing' : 'unknown'];
}

/** Mends a few places where the order is broken; whether that was all. */
function isNearlySorted({ less, swap }: Slice, a: number, b: number): boolean {
  let i = a + 1;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    while (i < b && !less(i, i - 1)) i += 1;
    if (i === b) return true;
    if (b - a < SHORTEST_SHIFTING) return false;
    swap(i, i - 1);
    if (i - a >= 2) for (let j = i - 1; j >= 1 && less(j, j - 1); j -= 1) swap(j, j - 1);
    if (b - i >= 2) for (let j = i + 1; j < b && less(j, j - 1); j += 1) swap(j, j - 1);
  }
  return false;
}

function partition(
  { less, swap }: Slice,
  a: number,
  b: number,
  pivot: number,
): [middle: number, already: boolean] {
  swap(a, pivot);
  let [i, j] = [a + 1, b - 1];
  const narrow = (): void => {
    while (i <= j && less(i, a)) i += 1;
    while (i <= j && !less(j, a)) j -= 1;
  };
  narrow();
  const already = i > j;
  while (i <= j) {
    swap(i, j);
    i += 1;
    j -= 1;
    narrow();
  }
  swap(j, a);
  return [j, already];
}

function partitionEqual({ less, swap }: Slice, a: number, b: number, pivot: number): number {
  swap(a, pivot);
  let [i, j] = [a + 1, b - 1];
  for (;;) {
    while (i <= j && !less(a, i)) i += 1;
    while (i <= j && less(a, j)) j -= 1;
    if (i > j) return i;
    swap(i, j);
    i += 1;
    j -= 1;
  }
}
