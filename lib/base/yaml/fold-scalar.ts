/** How a scalar is written on its lines. */
export type ScalarStyle = 'plain' | 'single' | 'double';

/** libyaml's best_width: a line longer than this is broken at its next blank. */
const BEST_WIDTH = 80;

/** A written scalar with the line breaks that the emitter puts in (yaml_emitter_write_*_scalar). */
export function folded(text: string, style: ScalarStyle, indent: number, column: number): string {
  const chars = [...text];
  const first = style === 'plain' ? 0 : 1;
  const last = chars.length - 1 - first;
  let out = '';
  let at = column;
  let spaces = false;
  for (const [index, char] of chars.entries()) {
    const inner = style === 'plain' || (index > first && index < last);
    const breaks =
      char === ' ' && !spaces && at > BEST_WIDTH && inner && (style === 'double' || chars[index + 1] !== ' ');
    if (breaks) {
      const kept = style === 'double' ? (chars[index + 1] === ' ' ? '\\\n' : '\n') : '\n';
      out += `${kept}${' '.repeat(indent)}${style === 'double' && chars[index + 1] === ' ' ? '\\' : ''}`;
      at = indent;
    } else {
      out += char;
      at += 1;
    }
    spaces = char === ' ';
  }
  return out;
}
