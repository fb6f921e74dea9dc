/** The text that a match is replaced by: `&`, `\1`, and the case switches \U \L \u \l \E. */
export function substitute(match: readonly string[], replacement: string): string {
  let out = '';
  let mode = '';
  let once = '';
  const add = (text: string) => {
    let next = mode === 'U' ? text.toUpperCase() : mode === 'L' ? text.toLowerCase() : text;
    if (once !== '' && next !== '') {
      next = (once === 'u' ? next.slice(0, 1).toUpperCase() : next.slice(0, 1).toLowerCase()) + next.slice(1);
      once = '';
    }
    out += next;
  };
  for (let at = 0; at < replacement.length; at += 1) {
    const char = replacement[at] ?? '';
    if (char === '&') add(match[0] ?? '');
    else if (char !== '\\') add(char);
    else {
      at += 1;
      const next = replacement[at] ?? '';
      if (/\d/.test(next)) add(match[Number(next)] ?? '');
      else if (next === 'n') add('\n');
      else if (next === 't') add('\t');
      else if ('ULE'.includes(next) && next !== '') mode = next === 'E' ? '' : next;
      else if ('ul'.includes(next) && next !== '') once = next;
      else add(next);
    }
  }
  return out;
}
