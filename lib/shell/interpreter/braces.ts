/** Results of one word's brace expansion; a bound on what {1..9999999} may make. */
const MAX_BRACE_WORDS = 100_000;

/** Skips a quoted or substituted stretch that starts at `at`; returns where it ends. */
function skipOpaque(text: string, at: number): number {
  const char = text[at];
  if (char === '\\') return at + 2;
  if (char === "'" || char === '"' || char === '`') {
    let end = at + 1;
    while (end < text.length && text[end] !== char) end += char !== "'" && text[end] === '\\' ? 2 : 1;
    return end + 1;
  }
  if (char === '$' && (text[at + 1] === '{' || text[at + 1] === '(')) {
    const open = text[at + 1] ?? '';
    const close = open === '{' ? '}' : ')';
    let depth = 0;
    for (let end = at + 1; end < text.length; end += 1) {
      if (text[end] === open) depth += 1;
      if (text[end] === close) depth -= 1;
      if (depth === 0) return end + 1;
    }
    return text.length;
  }
  return at + 1;
}

function sequence(body: string): readonly string[] | undefined {
  const match = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  if (match === null) return undefined;
  const [, from = '', to = '', by] = match;
  const letters = /^[A-Za-z]$/.test(from) && /^[A-Za-z]$/.test(to);
  if (!letters && (/^[A-Za-z]$/.test(from) || /^[A-Za-z]$/.test(to))) return undefined;
  const start = letters ? from.charCodeAt(0) : Number(from);
  const end = letters ? to.charCodeAt(0) : Number(to);
  const step = Math.abs(Number(by ?? 1)) || 1;
  const padded = !letters && [from, to].some((text) => /^-?0\d/.test(text));
  const width = padded ? Math.max(from.length, to.length) : 0;
  const show = (value: number) => {
    if (letters) return String.fromCharCode(value);
    const sign = value < 0 ? '-' : '';
    return sign + String(Math.abs(value)).padStart(width - sign.length, '0');
  };
  const found: string[] = [];
  const direction = start <= end ? step : -step;
  for (let value = start; direction > 0 ? value <= end : value >= end; value += direction) {
    found.push(show(value));
    if (found.length > MAX_BRACE_WORDS) break;
  }
  return found;
}

/** Finds the brace group at `open`: its alternatives and its end. */
function group(text: string, open: number): { parts: readonly string[]; end: number } | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open; at < text.length; ) {
    const char = text[at];
    if (char === '{') depth += 1;
    if (char === '}') {
      depth -= 1;
      if (depth === 0) {
        const body = text.slice(open + 1, at);
        if (parts.length > 0) return { parts: [...parts, text.slice(start, at)], end: at + 1 };
        const numbers = sequence(body);
        return numbers === undefined ? undefined : { parts: numbers, end: at + 1 };
      }
    }
    if (char === ',' && depth === 1) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
    at = char === '{' || char === '}' || char === ',' ? at + 1 : skipOpaque(text, at);
  }
  return undefined;
}

/** Expands braces in a word's source text, before anything else is looked at. */
export function expandBraces(text: string): readonly string[] {
  for (let at = 0; at < text.length; ) {
    if (text[at] === '{') {
      const found = group(text, at);
      if (found !== undefined) {
        const before = text.slice(0, at);
        const tails = expandBraces(text.slice(found.end));
        const all: string[] = [];
        for (const part of found.parts) {
          for (const middle of expandBraces(part)) {
            for (const tail of tails) {
              all.push(before + middle + tail);
              if (all.length > MAX_BRACE_WORDS) return all;
            }
          }
        }
        return all;
      }
      at += 1;
    } else at = skipOpaque(text, at);
  }
  return [text];
}
