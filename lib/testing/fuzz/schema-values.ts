import type { Schema } from '../../api';
import type { Draw } from './draw';

/** Words that mean something somewhere in the API, and some that look as if they did. */
const WORDS = [
  'web',
  'a',
  '',
  'b.example.com',
  'Bad_Name',
  '10.96.0.7',
  '10.96.0.1',
  '2001:db8::1',
  '10.0.0.0/8',
  'None',
  'ClusterIP',
  'NodePort',
  'LoadBalancer',
  'ExternalName',
  'Local',
  'Cluster',
  'TCP',
  'SCTP',
  'IPv4',
  'IPv6',
  'SingleStack',
  'Always',
  'OnFailure',
  'Never',
  'RollingUpdate',
  'Recreate',
  'Exists',
  'In',
  'NoSchedule',
  'kubernetes.io/hostname',
  'app',
  'cpu',
  '100m',
  '1Gi',
  '-1',
  '0',
  '50%',
  '150%',
  '80',
  '* * * * *',
  '@every 1s',
  'TZ=UTC 0 0 * * *',
  'Foreground',
  'True',
  'True\n',
  '/var/run',
  '../etc',
  'Utilization',
  'Resource',
  'Pod',
  'rbac.authorization.k8s.io',
  '*',
  'constructor',
  '__proto__',
  '2026-01-05T09:00:00Z',
  'x'.repeat(64),
  'y'.repeat(254),
  'grüße',
  '😀',
] as const;

const NUMBERS = [
  1, 0, 80, -1, 3, 30_000, 32_767, 65_535, 65_536, 70_000, 2_147_483_647, 2_147_483_648, -2_147_483_649,
  9_007_199_254_740_991, 1.5, 1e30,
] as const;

const QUANTITIES = [
  '1',
  '0',
  '100m',
  '1Gi',
  '-1',
  '1e3',
  '0.5',
  '12E',
  '1e100',
  '.',
  '1ki',
  ' 1',
  1,
  2.5,
] as const;

const TIMES = [
  '2026-01-05T09:00:00Z',
  '2026-01-05T09:00:00.123456Z',
  '2026-13-05T09:00:00Z',
  '0001-01-01T00:00:00Z',
  'now',
  '',
] as const;

/** A word that means something somewhere. */
export const word = (draw: Draw): string => (draw.chance(8) ? draw.text() : draw.pick(WORDS));

/** Any JSON at all. */
export function anything(draw: Draw, depth = 2): unknown {
  const leaves = [() => word(draw), () => draw.pick(NUMBERS), () => draw.chance(50), () => null];
  const trees = [
    () => many(draw, 2, () => anything(draw, depth - 1)),
    () => fromPairs(many(draw, 2, () => [word(draw), anything(draw, depth - 1)] as const)),
  ];
  return draw.pick(depth > 0 ? [...leaves, ...trees] : leaves)();
}

/** So many, at the most, of what `make` makes. */
export function many<T>(draw: Draw, most: number, make: () => T): readonly T[] {
  return Array.from({ length: draw.integer(0, most) }, make);
}

/** An object whose keys may be anything, `__proto__` among them. */
export const fromPairs = (
  pairs: readonly (readonly [string, unknown])[],
): Readonly<Record<string, unknown>> => Object.fromEntries(pairs);

/** A value as a schema wants it, mostly; the deeper, the smaller. */
export function valueFor(draw: Draw, schema: Schema, depth: number): unknown {
  if (draw.chance(1)) return anything(draw);
  switch (schema.type) {
    case 'object':
      return structOf(draw, schema, depth);
    case 'map':
      return fromPairs(many(draw, 2, () => [word(draw), valueFor(draw, resolve(schema.value), depth - 1)]));
    case 'array':
      return depth <= 0 ? [] : many(draw, 2, () => valueFor(draw, resolve(schema.item), depth - 1));
    case 'boolean':
      return draw.chance(50);
    case 'int32':
    case 'int64':
    case 'number':
      return draw.pick(NUMBERS);
    case 'quantity':
      return draw.pick(QUANTITIES);
    case 'int-or-string':
      return draw.chance(50) ? draw.pick(NUMBERS) : word(draw);
    case 'time':
      return draw.pick(TIMES);
    case 'bytes':
      return draw.pick(['', 'aGVsbG8=', 'aGVsbG8', '!', word(draw)]);
    case 'any':
      return anything(draw);
    default:
      return word(draw);
  }
}

/** What a schema is, where it names itself. */
export const resolve = (schema: Schema | (() => Schema)): Schema =>
  typeof schema === 'function' ? schema() : schema;

type ObjectSchema = Extract<Schema, { type: 'object' }>;

/** Some fields of a struct, those first that it cannot do without. */
function structOf(draw: Draw, schema: ObjectSchema, depth: number): Readonly<Record<string, unknown>> {
  const names = Object.keys(schema.fields);
  const chosen = new Set([
    ...schema.required.filter(() => draw.chance(95)),
    ...(depth > 0 && names.length > 0 ? many(draw, 3, () => draw.pick(names)) : []),
  ]);
  return fromPairs(
    [...chosen].flatMap((name) => {
      const field = schema.fields[name];
      return field === undefined ? [] : [[name, valueFor(draw, resolve(field), depth - 1)] as const];
    }),
  );
}
