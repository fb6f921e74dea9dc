/** The text behind UTF-8 bytes; those that are none become U+FFFD. */
export function utf8Text(bytes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i] ?? 0;
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
    const rest = Array.from({ length: Math.max(0, length - 1) }, (_, at) => bytes[i + 1 + at] ?? 0);
    if (length === 0 || rest.some((byte) => byte >> 6 !== 2)) {
      text += '\ufffd';
      i += 1;
      continue;
    }
    const head = length === 1 ? first : first & (0xff >> (length + 1));
    text += String.fromCodePoint(rest.reduce((code, byte) => (code << 6) | (byte & 0x3f), head));
    i += length;
  }
  return text;
}
