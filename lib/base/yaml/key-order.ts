const isLetter = (char: string) => /\p{L}/u.test(char);
const isDigit = (char: string | undefined) => char !== undefined && /^\d$/.test(char);

/** go-yaml's order of map keys: by letters, with numbers inside compared as numbers. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const x = left[index] ?? '';
    const y = right[index] ?? '';
    if (x !== y) return compareAt(left, right, index, x, y);
  }
  return left.length - right.length;
}

function compareAt(
  left: readonly string[],
  right: readonly string[],
  index: number,
  x: string,
  y: string,
): number {
  const xLetter = isLetter(x);
  const yLetter = isLetter(y);
  if (xLetter && yLetter) return x < y ? -1 : 1;
  if (xLetter || yLetter) return yLetter ? -1 : 1;
  const prefix = x === '0' || y === '0' ? leadingNumber(left, index) : 0;
  const [xNumber, xEnd] = numberAt(left, index, prefix);
  const [yNumber, yEnd] = numberAt(right, index, prefix);
  if (xNumber !== yNumber) return xNumber - yNumber;
  if (xEnd !== yEnd) return xEnd - yEnd;
  return x < y ? -1 : 1;
}

/** 1 when the digits before `index` hold one that is not 0, so that zeros count. */
function leadingNumber(chars: readonly string[], index: number): number {
  for (let at = index - 1; at >= 0 && isDigit(chars[at]); at -= 1) if (chars[at] !== '0') return 1;
  return 0;
}

function numberAt(chars: readonly string[], index: number, start: number): readonly [number, number] {
  let value = start;
  let at = index;
  for (; isDigit(chars[at]); at += 1) value = value * 10 + Number(chars[at]);
  return [value, at];
}
