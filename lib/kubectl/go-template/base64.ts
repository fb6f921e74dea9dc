const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else {
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
    }
  }
  return bytes;
}

/** Text as base64 of its UTF-8 bytes. */
export function encodeBase64(text: string): string {
  const bytes = utf8Bytes(text);
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = bytes.slice(at, at + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    out += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    out += b === undefined ? '=' : ALPHABET.charAt((bits >> 6) & 63);
    out += c === undefined ? '=' : ALPHABET.charAt(bits & 63);
  }
  return out;
}

/** The bytes that a base64 text stands for. */
export function base64Bytes(text: string): number[] {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return bytes;
}

/** The UTF-8 text that a base64 text stands for. */
export function decodeBase64(text: string): string {
  const bytes = base64Bytes(text);
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const extra = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = extra === 0 ? first : first & (0x3f >> extra);
    for (let index = 1; index <= extra; index += 1) code = (code << 6) | ((bytes[at + index] ?? 0) & 63);
    out += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    at += extra + 1;
  }
  return out;
}

/** The byte at which Go finds a text to be no base64 (CorruptInputError); undefined when it is some. */
export function base64Fault(text: string): number | undefined {
  const clean = [...text].flatMap((char, index) => (char === '\n' || char === '\r' ? [] : [{ char, index }]));
  const whole = clean.findIndex(({ char }) => !ALPHABET.includes(char));
  const digits = whole < 0 ? clean.length : whole;
  const bad = clean[digits];
  if (bad === undefined) return digits % 4 === 0 ? undefined : (clean[digits - (digits % 4)]?.index ?? 0);
  if (bad.char !== '=' || digits % 4 < 2) return bad.index;
  const wanted = 4 - (digits % 4);
  for (let pad = 1; pad < wanted; pad += 1) {
    const next = clean[digits + pad];
    if (next?.char !== '=') return next?.index ?? text.length;
  }
  return clean[digits + wanted]?.index;
}
