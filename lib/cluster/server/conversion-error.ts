/** The converter's words for what the decoder calls "cannot unmarshal". */
export function conversionError(wrongType: string): string {
  const match = /^json: cannot unmarshal (\S+).* of type (\S+)$/.exec(wrongType);
  if (!match) return wrongType;
  const [, from = '', to = ''] = match;
  const goFrom = { number: 'int64', object: 'map', array: 'slice' }[from] ?? from;
  if (to.startsWith('[]')) return `cannot restore slice from ${goFrom}`;
  if (to.startsWith('map[')) return `cannot restore map from ${goFrom}`;
  if (to.startsWith('v1.')) return `cannot restore struct from: ${goFrom}`;
  return from === 'object' || from === 'array'
    ? `cannot convert ${goFrom} to ${to}`
    : `unrecognized type: ${to}`;
}
