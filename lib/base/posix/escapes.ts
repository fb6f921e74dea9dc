/** Decodes the backslash escapes of `echo -e` and `printf`; `stop` tells that `\c` ended all output. */
export function decodeEscapes(
  text: string,
  octalNeedsZero: boolean,
): { readonly text: string; readonly stop: boolean } {
  const simple: Readonly<Record<string, string>> = {
    a: '\x07',
    b: '\b',
    e: '\x1b',
    E: '\x1b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\\': '\\',
  };
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char !== '\\' || at + 1 >= text.length) {
      out += char;
      continue;
    }
    const rest = text.slice(at + 1);
    const next = rest[0] ?? '';
    const coded =
      /^x([0-9a-fA-F]{1,2})/.exec(rest) ??
      /^u([0-9a-fA-F]{1,4})/.exec(rest) ??
      /^U([0-9a-fA-F]{1,8})/.exec(rest);
    const octal = (octalNeedsZero ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(rest);
    if (next === 'c') return { text: out, stop: true };
    if (coded !== null) {
      out += String.fromCodePoint(Math.min(Number.parseInt(coded[1] ?? '0', 16), 0x10ffff));
      at += coded[0].length;
    } else if (octal !== null) {
      out += String.fromCharCode(Number.parseInt(octal[1] === '' ? '0' : (octal[1] ?? '0'), 8) & 255);
      at += octal[0].length;
    } else if (simple[next] !== undefined) {
      out += simple[next];
      at += 1;
    } else {
      out += char;
    }
  }
  return { text: out, stop: false };
}

/** echo's output for these arguments. */
export function echoText(args: readonly string[], escapesByDefault: boolean): string {
  let newline = true;
  let escapes = escapesByDefault;
  let first = 0;
  for (; first < args.length; first += 1) {
    const flags = /^-([neE]+)$/.exec(args[first] ?? '')?.[1];
    if (flags === undefined) break;
    for (const flag of flags) {
      if (flag === 'n') newline = false;
      else escapes = flag === 'e';
    }
  }
  const plain = args.slice(first).join(' ');
  if (!escapes) return plain + (newline ? '\n' : '');
  const { text, stop } = decodeEscapes(plain, true);
  return text + (newline && !stop ? '\n' : '');
}
