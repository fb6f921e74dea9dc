import type { Word, WordPart } from 'unbash';

/** The words that a word with braces stands for: `{a,b}` and `{1..5}`. */
export function withoutBraces(word: Word): readonly (readonly WordPart[] | undefined)[] {
  return spread(word.parts);
}

function spread(parts: readonly WordPart[] | undefined): readonly (readonly WordPart[] | undefined)[] {
  const at = parts?.findIndex(({ type }) => type === 'BraceExpansion') ?? -1;
  const brace = parts?.[at];
  if (parts === undefined || brace === undefined) return [parts];
  return alternativesOf(brace.text).flatMap((text) =>
    spread([
      ...parts.slice(0, at),
      { type: 'Literal', pos: brace.pos, end: brace.end, value: text, text },
      ...parts.slice(at + 1),
    ]),
  );
}

/** Numbers that one range may count. */
const MAX_RANGE = 1000;

function alternativesOf(text: string): readonly string[] {
  const inner = text.slice(1, -1);
  const range = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/.exec(inner);
  if (range === null) return inner.split(',');
  const [from, to] = [Number(range[1]), Number(range[2])];
  const step = Math.max(1, Math.abs(Number(range[3] ?? 1)));
  const count = Math.min(MAX_RANGE, Math.floor(Math.abs(to - from) / step) + 1);
  return Array.from({ length: count }, (_, index) => String(from + Math.sign(to - from) * step * index));
}
