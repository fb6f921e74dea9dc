import protobuf from 'protobufjs/light.js';
import { type FieldFact, factsOf, goTypes } from './notation';

/** Proto's own types by the letters of the tables. */
const SCALARS: Readonly<Record<string, string>> = {
  b: 'bool',
  i: 'int32',
  l: 'int64',
  s: 'string',
  y: 'bytes',
};

/** Messages that Go reads in ways of its own. */
const SPECIAL: Readonly<Record<string, Readonly<Record<string, protobuf.IField>>>> = {
  p: { type: { id: 1, type: 'int64' }, intVal: { id: 2, type: 'int32' }, strVal: { id: 3, type: 'string' } },
  q: { string: { id: 1, type: 'string' } },
  t: { seconds: { id: 1, type: 'int64' }, nanos: { id: 2, type: 'int32' } },
  m: { seconds: { id: 1, type: 'int64' }, nanos: { id: 2, type: 'int32' } },
  f: { raw: { id: 1, type: 'bytes' } },
  a: { raw: { id: 1, type: 'bytes' } },
  ExtraValue: { items: { id: 1, type: 'string', rule: 'repeated' } },
  TypeMeta: { apiVersion: { id: 1, type: 'string' }, kind: { id: 2, type: 'string' } },
  Unknown: {
    typeMeta: { id: 1, type: 'TypeMeta' },
    raw: { id: 2, type: 'bytes' },
    contentEncoding: { id: 3, type: 'string' },
    contentType: { id: 4, type: 'string' },
  },
};

const messageName = (type: string): string => type.replace('.', '_');

function descriptor({ number, type, shape }: FieldFact): protobuf.IField | protobuf.IMapField {
  const wire = { id: number, type: SCALARS[type] ?? messageName(type) };
  if (shape === 'map') return { ...wire, keyType: 'string' };
  return shape === 'list' ? { ...wire, rule: 'repeated' } : wire;
}

/** Kubernetes' messages are proto2: a zero that is sent is there. */
const EDITION = 'proto2';

let root: protobuf.Root | undefined;

function buildRoot(): protobuf.Root {
  const special = Object.entries(SPECIAL).map(
    ([name, fields]) => [name, { edition: EDITION, fields }] as const,
  );
  const types = goTypes.map((goType) => {
    const fields = (factsOf(goType) ?? []).map((fact) => [fact.name, descriptor(fact)] as const);
    return [messageName(goType), { edition: EDITION, fields: Object.fromEntries(fields) }] as const;
  });
  return protobuf.Root.fromJSON({ nested: Object.fromEntries([...special, ...types]) });
}

/** The message of a Go type, of a letter of the tables, or `Unknown`: the envelope of every body. */
export function wireType(type: string): protobuf.Type {
  root ??= buildRoot();
  return root.lookupType(messageName(type));
}
