/** What a plain scalar means to go-yaml v2, by which kubectl reads and writes. */
export type Resolved =
  | { readonly tag: 'str' | 'timestamp'; readonly value: string }
  | { readonly tag: 'int' | 'float'; readonly value: number }
  | { readonly tag: 'bool'; readonly value: boolean }
  | { readonly tag: 'null'; readonly value: null };

const WORDS = new Map<string, Resolved>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, { tag: 'bool', value: true }] as [string, Resolved],
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, { tag: 'bool', value: false }] as [string, Resolved],
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map(
    (word) => [word, { tag: 'null', value: null }] as [string, Resolved],
  ),
  ...['.nan', '.NaN', '.NAN'].map(
    (word) => [word, { tag: 'float', value: Number.NaN }] as [string, Resolved],
  ),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (word) => [word, { tag: 'float', value: Number.POSITIVE_INFINITY }] as [string, Resolved],
  ),
  ...['-.inf', '-.Inf', '-.INF'].map(
    (word) => [word, { tag: 'float', value: Number.NEGATIVE_INFINITY }] as [string, Resolved],
  ),
]);

const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?( ?[-+]\d{2}(:\d{2})?|Z)?)?$/;

/** Resolves a plain scalar; timestamps keep their text, as they do on the way to JSON. */
export function resolvePlain(text: string): Resolved {
  const word = WORDS.get(text);
  if (word) return word;
  if (!/^[-+.\d]/.test(text)) return { tag: 'str', value: text };
  if (TIMESTAMP.test(text)) return { tag: 'timestamp', value: text };
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain);
  if (integer !== undefined) return { tag: 'int', value: integer };
  if (FLOAT.test(plain)) return { tag: 'float', value: Number(plain) };
  return { tag: 'str', value: text };
}

/** strconv.ParseInt with base 0, and the 0b of YAML 1.1. */
function parseInteger(text: string): number | undefined {
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/.exec(text) ?? [];
  const negative = sign === '-' ? -1 : 1;
  if (/^(0|[1-9]\d*)$/.test(body)) return negative * Number(body);
  if (/^0[xX][\da-fA-F]+$/.test(body)) return negative * Number.parseInt(body.slice(2), 16);
  if (/^0[bB][01]+$/.test(body)) return negative * Number.parseInt(body.slice(2), 2);
  if (/^0[oO]?[0-7]+$/.test(body)) return negative * Number.parseInt(body.replace(/^0[oO]?/, ''), 8);
  return undefined;
}

/** YAML 1.1's base 60 ("1:20"), which is quoted so that no other reader takes it for a number. */
export function isBase60(text: string): boolean {
  return /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/.test(text);
}
