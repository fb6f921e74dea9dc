/** `…` in a line stands for any text of it; a line of nothing but `…` for any lines. */
const ANY = '…';

/**
 * Holds an output as printed in a lesson against what a command printed; undefined when they agree. Blanks in a row count
 * as one, so that a column's width may follow its contents.
 */
export function outputDiffers(shown: string, printed: string): string | undefined {
  const wanted = linesOf(shown);
  const found = linesOf(printed);
  if (matches(wanted, found)) return undefined;
  const first = wanted.find((line) => line !== ANY && !found.some((each) => lineMatches(line, each)));
  const why =
    first === undefined ? 'the lines come in another order or number' : `no line is like "${first}"`;
  return `the output shown is not what the command prints (${why}); it prints:\n${printed.trimEnd()}`;
}

const linesOf = (text: string): string[] =>
  text
    .replaceAll('\r', '')
    .trim()
    .split('\n')
    .map((line) => line.trimEnd().replace(/\s+/g, ' '));

function matches(wanted: readonly string[], found: readonly string[]): boolean {
  const [line, ...rest] = wanted;
  if (line === undefined) return found.length === 0;
  if (line === ANY) {
    for (let skip = 0; skip <= found.length; skip += 1) if (matches(rest, found.slice(skip))) return true;
    return false;
  }
  const [first, ...others] = found;
  return first !== undefined && lineMatches(line, first) && matches(rest, others);
}

function lineMatches(wanted: string, found: string): boolean {
  const pattern = wanted
    .split(ANY)
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(found);
}
