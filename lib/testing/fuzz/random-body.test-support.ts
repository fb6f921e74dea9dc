import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { goTypes } from '../../http/protobuf/notation';
import { messageSample, protobufBody } from '../../http/protobuf/random-message.test-support';
import type { Draw } from './draw';
import { anything, many } from './schema-values';

/** A body and the headers that tell what it is, mostly truly. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const JUNK = [
  '{',
  '}',
  '[',
  ']',
  '"',
  ',',
  ':',
  '\\',
  '\0',
  '\t',
  '\n',
  '- ',
  '&a ',
  '*a',
  '!!binary ',
  '<<: ',
  '%YAML 9\n',
  '---\n',
  '...\n',
  '\u2028',
  '1e999',
  '01',
  '-',
  'NaN',
  'null',
  '\\ud800',
  '\\u0000',
  '"a":1,"a":2,',
  '#',
  '| ',
  '? ',
] as const;

const WHOLE = [
  '',
  ' ',
  'null',
  '[]',
  '""',
  '0',
  '{',
  '{}',
  '"\\',
  '[1,2',
  '{"a"',
  '{"kind":1}',
  '{"apiVersion":"v1","kind":"List","items":[]}',
  `${'['.repeat(20_000)}`,
  `${'{"a":'.repeat(10_001)}1${'}'.repeat(10_001)}`,
  'a: &a [*a]',
  'a: &a {b: *a}',
  'x: !!float nan',
  '\ufeff{}',
  '? ? ?',
  '- - - a\n -b',
  'k8s\0',
] as const;

/** A text with something cut out of it or put into it. */
function damaged(draw: Draw, text: string): string {
  const at = draw.integer(0, text.length);
  const end = draw.chance(50) ? at : Math.min(text.length, at + draw.integer(0, 8));
  return text.slice(0, at) + (draw.chance(80) ? draw.pick(JUNK) : draw.text()) + text.slice(end);
}

const TYPES = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/json; charset=utf-8',
  'text/plain',
  'application/apply-patch+yaml',
  'application/json-patch+json',
  '',
  'application/JSON;',
  '*/*',
  ';',
] as const;

/** A value as the body of a request: in one of the notations, now and then damaged, now and then under a false name. */
export function bodyOf(draw: Draw, value: unknown, contentType = 'application/json'): Body {
  const asYaml = contentType.includes('yaml')
    ? draw.chance(70)
    : contentType === 'application/json' && draw.chance(10);
  let text = asYaml ? stringify(value, { aliasDuplicateObjects: false }) : JSON.stringify(value);
  if (draw.chance(5)) text = damaged(draw, text);
  if (draw.chance(1)) text = draw.pick(WHOLE);
  let bytes: Uint8Array = Buffer.from(text, draw.chance(2) ? 'latin1' : 'utf8');
  let type = asYaml && contentType === 'application/json' ? 'application/yaml' : contentType;
  if (draw.chance(2)) type = draw.pick(TYPES);
  const encoding = draw.chance(2) ? { 'content-encoding': draw.pick(['gzip', 'identity', 'br']) } : {};
  if (encoding['content-encoding'] === 'gzip') bytes = gzipSync(bytes);
  return { bytes, headers: { ...(type === '' ? {} : { 'content-type': type }), ...encoding } };
}

/** A message of Kubernetes' protobuf, of that kind or of any, whole or not. */
export function protobufOf(draw: Draw, apiVersion: string, kind: string): Body {
  const type = draw.chance(70) && goTypes.includes(kind) ? kind : draw.pick(goTypes);
  const { wire } = draw.of(messageSample(type, 3));
  let bytes = protobufBody(draw.chance(80) ? apiVersion : '', draw.chance(80) ? kind : '', type, wire);
  for (const change of many(draw, 2, () => draw.integer(0, 255))) {
    if (draw.chance(30)) bytes = bytes.with(draw.integer(0, bytes.length - 1), change);
  }
  if (draw.chance(10)) bytes = bytes.subarray(0, draw.integer(0, bytes.length));
  return { bytes, headers: { 'content-type': 'application/vnd.kubernetes.protobuf' } };
}

/** Options as a body: those of a delete, or anything. */
export function deleteOptions(draw: Draw): unknown {
  if (draw.chance(8)) return anything(draw);
  return {
    ...(draw.chance(80)
      ? {
          kind: draw.pick(['DeleteOptions', 'Status', '', 'Pod']),
          apiVersion: draw.pick(['v1', 'meta.k8s.io/v1', 'apps/v1', '']),
        }
      : {}),
    ...(draw.chance(30) ? { gracePeriodSeconds: draw.pick([0, 1, 30, -1, 1e12, '1', null]) } : {}),
    ...(draw.chance(30)
      ? { propagationPolicy: draw.pick(['Background', 'Foreground', 'Orphan', 'Never', 1, null]) }
      : {}),
    ...(draw.chance(10) ? { orphanDependents: draw.pick([true, false, 'x']) } : {}),
    ...(draw.chance(10)
      ? {
          preconditions: draw.pick<unknown>([
            { uid: 'x' },
            { resourceVersion: '1' },
            {},
            null,
            1,
            { uid: 1 },
          ]),
        }
      : {}),
    ...(draw.chance(10) ? { dryRun: draw.pick<unknown>([['All'], [], ['x'], 'All', null, [1]]) } : {}),
  };
}
