/** What RFC 1035 allows for one label, and for a whole name on the wire. */
const MAX_LABEL_BYTES = 63;
const MAX_NAME_BYTES = 255;

/** A name, address or number that no DNS message can hold. */
export class DnsFormatError extends Error {
  override name = 'DnsFormatError';
}

/** The labels of a name in presentation form, escapes kept: "a\\.b.example." → ["a\\.b", "example"]. */
export function splitLabels(name: string): readonly string[] {
  if (name === '' || name === '.') return [];
  if (!name.includes('\\')) return (name.endsWith('.') ? name.slice(0, -1) : name).split('.');
  const labels: string[] = [];
  let label = '';
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    if (character === '\\') {
      label += character + name.charAt(index + 1);
      index += 1;
    } else if (character === '.') {
      labels.push(label);
      label = '';
    } else label += character;
  }
  return label === '' ? labels : [...labels, label];
}

/** The bytes of one label: "\\046" and "\\." are one byte each. */
export function labelBytes(label: string): readonly number[] {
  const bytes: number[] = [];
  for (let index = 0; index < label.length; index += 1) {
    const octal = /^\\(\d{3})/.exec(label.slice(index, index + 4));
    if (octal !== null) {
      bytes.push(Number(octal[1]) & 0xff);
      index += 3;
      continue;
    }
    if (label.charAt(index) === '\\') index += 1;
    bytes.push(label.charCodeAt(index) & 0xff);
  }
  return bytes;
}

/** One label of the wire in presentation form: what is no plain character is escaped. */
export function labelText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (/[.\\"();@$ ]/.test(character)) text += `\\${character}`;
    else if (byte < 0x21 || byte > 0x7e) text += `\\${String(byte).padStart(3, '0')}`;
    else text += character;
  }
  return text;
}

/** Whether a name can be asked for: no empty label, none over 63 bytes, 255 bytes in all. */
export function isDomainName(name: string): boolean {
  if (name === '.') return true;
  let total = 1;
  for (const label of splitLabels(name)) {
    const { length } = labelBytes(label);
    if (length === 0 || length > MAX_LABEL_BYTES) return false;
    total += length + 1;
  }
  return name !== '' && total <= MAX_NAME_BYTES;
}
