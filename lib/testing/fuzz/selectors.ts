import type { Draw } from './draw';
import { many, word } from './schema-values';

const KEYS = ['app', 'tier', 'a.example.com/b', '', 'Bad_Name', '-a', 'x'.repeat(64)] as const;
const OPERATORS = ['=', '==', '!=', ' in ', ' notin ', '>', '<', '=~', ''] as const;
const FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'spec.nodeName',
  'status.phase',
  'type',
  'spec.type',
  'reason',
  'spec.nothing',
  '',
] as const;

/** A label selector, mostly one that can be read. */
export function labelSelector(draw: Draw): string {
  if (draw.chance(6)) return draw.text();
  return Array.from({ length: draw.integer(1, 2) }, () => requirement(draw)).join(
    draw.chance(95) ? ',' : draw.pick([' ', ',,', ';']),
  );
}

function requirement(draw: Draw): string {
  const key = draw.pick(KEYS);
  const operator = draw.pick(OPERATORS);
  if (operator === '') return `${draw.chance(30) ? '!' : ''}${key}`;
  if (!operator.includes('in'))
    return `${key}${operator}${draw.chance(70) ? draw.pick(['web', 'db', '5']) : word(draw)}`;
  const values = many(draw, 3, () => (draw.chance(85) ? draw.pick(['web', 'db', '']) : word(draw)));
  return `${key}${operator}${draw.chance(95) ? `(${values.join(',')})` : values.join(',')}`;
}

/** A field selector, mostly one that can be read. */
export function fieldSelector(draw: Draw): string {
  if (draw.chance(6)) return draw.text();
  return Array.from(
    { length: draw.integer(1, 2) },
    () => `${draw.pick(FIELDS)}${draw.pick(['=', '==', '!=', '', '\\='])}${word(draw)}`,
  ).join(',');
}
