import type { KindSpec, KubeObject } from '../../../api';
import type { Draw } from '../draw';
import { manifestOf } from '../manifests';
import { anything, many, word } from '../schema-values';
import { mutated } from './mutated.test-support';
import { apiVersionOf } from './targets.test-support';

export const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
] as const;

export function patchOf(
  draw: Draw,
  spec: KindSpec,
  type: (typeof PATCHES)[number],
  name: string,
  known: KubeObject | undefined,
): unknown {
  const manifest = manifestOf(apiVersionOf(spec), spec.kind);
  if (type === 'application/json-patch+json')
    return draw.chance(3) ? anything(draw) : jsonPatch(draw, known ?? manifest);
  if (type === 'application/apply-patch+yaml') {
    const { managedFields: _, ...metadata } = manifest.metadata;
    return mutated(draw, { ...manifest, metadata: { ...metadata, name } }, spec);
  }
  const patch = partOf(draw, mutated(draw, draw.chance(50) ? manifest : (known ?? manifest), spec));
  return type === 'application/strategic-merge-patch+json' ? directed(draw, patch) : patch;
}

/** Some of an object's fields, nulls among them. */
function partOf(draw: Draw, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => draw.chance(60))
      .map(([key, each]) => [key, draw.chance(4) ? null : draw.chance(80) ? partOf(draw, each) : each]),
  );
}

/** The same with directives of a strategic merge in it, where they belong and where they do not. */
function directed(draw: Draw, value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map((each) => directed(draw, each));
    return draw.chance(10)
      ? [
          ...items,
          draw.pick<unknown>([
            { $patch: 'replace' },
            { $patch: 'delete' },
            { $patch: 'x' },
            { name: 'web', $patch: 'delete' },
            null,
            1,
          ]),
        ]
      : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, directed(draw, each)] as const);
  const extra = draw.chance(8)
    ? [
        draw.pick<readonly [string, unknown]>([
          ['$patch', 'replace'],
          ['$patch', 'delete'],
          ['$patch', 1],
          ['$retainKeys', ['type']],
          ['$retainKeys', 'x'],
          ['$setElementOrder/ports', [{ port: 80 }]],
          ['$setElementOrder/containers', ['x']],
          ['$deleteFromPrimitiveList/finalizers', ['a']],
          ['$deleteFromPrimitiveList/x', 1],
          ['$unknown', null],
        ]),
      ]
    : [];
  return Object.fromEntries([...entries, ...extra]);
}

function jsonPatch(draw: Draw, object: KubeObject): unknown {
  return many(draw, 3, () => {
    if (draw.chance(4)) return anything(draw);
    const path = pointer(draw, object);
    const operation = { op: draw.pick(['replace', 'add', 'remove', 'test', 'move', 'copy', 'x', '']), path };
    if (['move', 'copy'].includes(operation.op)) return { ...operation, from: pointer(draw, object) };
    return draw.chance(95) ? { ...operation, value: anything(draw) } : operation;
  });
}

/** A path to something in an object, or near it. */
function pointer(draw: Draw, object: unknown): unknown {
  if (draw.chance(3))
    return draw.pick<unknown>([
      '',
      '/',
      'a',
      '//',
      '/-',
      '/~',
      '/~2',
      null,
      1,
      '/metadata/name',
      '/metadata/uid',
      '/metadata/resourceVersion',
      '/kind',
      '/__proto__/x',
    ]);
  let path = '';
  let value = object;
  while (typeof value === 'object' && value !== null && draw.chance(85)) {
    const keys = [...Object.keys(value), ...(Array.isArray(value) ? ['-', '99', '-1', '01'] : [])];
    if (keys.length === 0) break;
    const key = draw.chance(95) ? draw.pick(keys) : word(draw);
    path += `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return path;
}
