/** Which ways of writing a scalar libyaml's emitter allows (yaml_emitter_analyze_scalar). */
export interface ScalarAnalysis {
  readonly multiline: boolean;
  readonly plainAllowed: boolean;
  readonly singleQuotedAllowed: boolean;
  readonly blockAllowed: boolean;
}

const INDICATORS_FIRST = new Set('#,[]{}&*!|>\'"%@`');
const isBreak = (char: string | undefined) =>
  char === '\n' || char === '\r' || char === '\x85' || char === '\u2028' || char === '\u2029';
const isBlankOrEnd = (char: string | undefined) =>
  char === undefined || char === ' ' || char === '\t' || isBreak(char);

/** Characters that may stand unescaped. */
function isPrintable(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    code === 0x0a ||
    (code >= 0x20 && code <= 0x7e) ||
    code === 0x85 ||
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** Analyses a scalar in block context. */
export function analyzeScalar(value: string): ScalarAnalysis {
  if (value === '') {
    return { multiline: false, plainAllowed: false, singleQuotedAllowed: true, blockAllowed: false };
  }
  const chars = [...value];
  let indicators = value.startsWith('---') || value.startsWith('...');
  let lineBreaks = false;
  let special = false;
  let leadingSpace = false;
  let leadingBreak = false;
  let trailingSpace = false;
  let trailingBreak = false;
  let breakSpace = false;
  let spaceBreak = false;
  let previousSpace = false;
  let previousBreak = false;
  let precededByWhitespace = true;
  chars.forEach((char, index) => {
    const next = chars[index + 1];
    const followedByWhitespace = isBlankOrEnd(next);
    if (index === 0) {
      if (INDICATORS_FIRST.has(char)) indicators = true;
      else if ((char === '?' || char === ':' || char === '-') && followedByWhitespace) indicators = true;
    } else if (char === ':' && followedByWhitespace) indicators = true;
    else if (char === '#' && precededByWhitespace) indicators = true;
    const broken = isBreak(char);
    if (!isPrintable(char)) special = true;
    if (broken) lineBreaks = true;
    const last = index === chars.length - 1;
    if (char === ' ') {
      if (index === 0) leadingSpace = true;
      if (last) trailingSpace = true;
      if (previousBreak) breakSpace = true;
      previousSpace = true;
      previousBreak = false;
    } else if (broken) {
      if (index === 0) leadingBreak = true;
      if (last) trailingBreak = true;
      if (previousSpace) spaceBreak = true;
      previousSpace = false;
      previousBreak = true;
    } else {
      previousSpace = false;
      previousBreak = false;
    }
    precededByWhitespace = isBlankOrEnd(char);
  });
  const spaced = leadingSpace || leadingBreak || trailingSpace || trailingBreak;
  return {
    multiline: lineBreaks,
    plainAllowed: !(spaced || breakSpace || spaceBreak || special || lineBreaks || indicators),
    singleQuotedAllowed: !(breakSpace || spaceBreak || special),
    blockAllowed: !(trailingSpace || spaceBreak || special),
  };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/** A double-quoted scalar as libyaml writes it. */
export function doubleQuoted(value: string): string {
  let out = '"';
  for (const char of value) {
    const escaped = ESCAPES[char];
    if (escaped !== undefined) out += escaped;
    else if (isPrintable(char)) out += char;
    else {
      const code = char.codePointAt(0) ?? 0;
      const hex = code.toString(16).toUpperCase();
      if (code <= 0xff) out += `\\x${hex.padStart(2, '0')}`;
      else if (code <= 0xffff) out += `\\u${hex.padStart(4, '0')}`;
      else out += `\\U${hex.padStart(8, '0')}`;
    }
  }
  return `${out}"`;
}
