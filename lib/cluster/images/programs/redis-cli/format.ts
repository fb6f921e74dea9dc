import { utf8Bytes } from '../../../../base';
import type { RedisReply } from '../redis';

/** Commands whose texts are shown as they are, on a terminal too. */
export function isRawCommand([name = '', sub = '']: readonly string[]): boolean {
  const [first, second] = [name.toUpperCase(), sub.toUpperCase()];
  return (
    first === 'INFO' ||
    first === 'LOLWUT' ||
    (first === 'CLIENT' && (second === 'LIST' || second === 'INFO')) ||
    (first === 'CLUSTER' && (second === 'NODES' || second === 'INFO'))
  );
}

/** A reply as it is shown to a person. */
export function formatReply(reply: RedisReply, indent = ''): string {
  switch (reply.kind) {
    case 'error':
      return `(error) ${reply.text}\n`;
    case 'status':
      return `${reply.text}\n`;
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'bulk':
      return reply.text === null ? '(nil)\n' : `${quoted(reply.text)}\n`;
    case 'array': {
      if (reply.items === null) return '(nil)\n';
      if (reply.items.length === 0) return '(empty array)\n';
      const width = String(reply.items.length).length;
      const inner = indent + ' '.repeat(width + 2);
      return reply.items
        .map((item, index) => {
          const number = `${String(index + 1).padStart(width)}) `;
          return `${index === 0 ? '' : indent}${number}${formatReply(item, inner)}`;
        })
        .join('');
    }
  }
}

/** A reply as it is written where nobody looks: a text a line. */
export function formatRaw(reply: RedisReply): string {
  switch (reply.kind) {
    case 'error':
      return `${reply.text}\n`;
    case 'status':
      return reply.text;
    case 'integer':
      return String(reply.value);
    case 'bulk':
      return reply.text ?? '';
    case 'array':
      return (reply.items ?? []).map(formatRaw).join('\n');
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u0007': '\\a',
  '\b': '\\b',
  '\\': '\\\\',
  '"': '\\"',
};

function quoted(text: string): string {
  const shown = [...text].map((char) => {
    const known = ESCAPES[char];
    if (known !== undefined) return known;
    if (char >= ' ' && char <= '~') return char;
    return [...utf8Bytes(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `"${shown.join('')}"`;
}
