import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds, type Schema } from '../../api';
import { bodyTypeOf, factsOf, goTypes } from './notation';
import { ProtobufError } from './protobuf-error';
import { messageSample, protobufBody } from './random-message.test-support';
import { readProtobuf } from './read-protobuf';
import captured from './testdata/kubectl-1.35.2.json';

const read = (base64: string) => readProtobuf(Buffer.from(base64, 'base64'));
const complaint = (bytes: Uint8Array): string => {
  try {
    readProtobuf(bytes);
  } catch (error) {
    if (error instanceof ProtobufError) return error.message;
    throw error;
  }
  return 'nothing';
};
const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('[H7] bodies in protobuf', () => {
  it.each(captured)('$command', ({ bytes: sent, object }) => {
    expect(read(sent)).toEqual(object);
  });

  it('takes what Go leaves to the path: the kind', () => {
    const body = protobufBody('', '', 'Namespace', { metadata: { name: 'a' } });
    expect(readProtobuf(body, { apiVersion: 'v1', kind: 'Namespace' })).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'a' },
    });
  });

  it('takes DeleteOptions under any version, and keeps the zero of a pointer', () => {
    const body = protobufBody('v1', 'DeleteOptions', 'DeleteOptions', {
      gracePeriodSeconds: 0,
      propagationPolicy: 'Background',
      preconditions: { uid: 'u' },
    });
    expect(readProtobuf(body)).toEqual({
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      gracePeriodSeconds: 0,
      preconditions: { uid: 'u' },
      propagationPolicy: 'Background',
    });
  });

  it('passes over fields it does not know', () => {
    const body = protobufBody('v1', 'Namespace', 'Service', {
      metadata: { name: 'a' },
      status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } },
    });
    expect(readProtobuf(body)).toMatchObject({ kind: 'Namespace', metadata: { name: 'a' } });
  });

  it.each([
    ['nothing', bytes(''), 'empty data'],
    [
      'JSON',
      bytes('{"kind":"Pod"}'),
      'provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
    ],
    ['the prefix alone', bytes('k8s\0'), 'empty body'],
    ['half a message', bytes('k8s\0\x0a\x20\x0a'), 'unexpected EOF'],
    ['a wire type of no kind', bytes('k8s\0\x0f'), 'proto: illegal wireType 7'],
    [
      'a kind of nobody',
      protobufBody('v1', 'Cake', 'Namespace', {}),
      'no kind "Cake" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      'raw bytes that are no JSON',
      protobufBody('apps/v1', 'ControllerRevision', 'ControllerRevision', { data: { raw: bytes('{') } }),
      '"{" is not JSON',
    ],
  ])('refuses %s', (_what, body, why) => {
    expect(complaint(body)).toBe(why);
  });

  it('never breaks on bytes of any kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        expect(complaint(Buffer.concat([bytes('k8s\0'), tail]))).not.toBe('');
      }),
    );
  });

  it.each([
    'Pod',
    'Deployment',
    'Service',
    'EndpointSlice',
    'events.Event',
    'CronJob',
    'SubjectAccessReview',
  ])('what is encoded is read again: %s', (goType) => {
    const [apiVersion, kind] = goType === 'events.Event' ? ['events.k8s.io/v1', 'Event'] : ['v1', goType];
    fc.assert(
      fc.property(messageSample(goType, 2), ({ wire, json }) => {
        const body = protobufBody(sent(goType, apiVersion), kind, goType, wire);
        const { apiVersion: _version, kind: _kind, ...rest } = readProtobuf(body);
        expect(rest).toEqual(json);
      }),
      { numRuns: 30 },
    );
  });
});

const VERSIONS: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1',
  EndpointSlice: 'discovery.k8s.io/v1',
  CronJob: 'batch/v1',
  SubjectAccessReview: 'authorization.k8s.io/v1',
};
const sent = (goType: string, otherwise: string): string => VERSIONS[goType] ?? otherwise;

describe('the tables', () => {
  it('hold every type that a field has, with no number twice', () => {
    for (const goType of goTypes) {
      const facts = factsOf(goType) ?? [];
      expect(new Set(facts.map((each) => each.number)).size, goType).toBe(facts.length);
      for (const { type } of facts)
        if (type.length > 1 && type !== 'ExtraValue') expect(factsOf(type), type).toBeDefined();
    }
  });

  it('hold every field that the API server reads of a served kind', () => {
    for (const { group, version, kind, schema } of kinds) {
      const goType = bodyTypeOf(group === '' ? version : `${group}/${version}`, kind);
      expect(goType, kind).toBeDefined();
      expect(missing(goType ?? '', schema, new Set()), kind).toEqual([]);
    }
  });
});

const OF_EVERY_KIND: ReadonlySet<string> = new Set(['apiVersion', 'kind']);

function missing(goType: string, lazy: Schema | (() => Schema), seen: Set<string>): readonly string[] {
  const schema = typeof lazy === 'function' ? lazy() : lazy;
  if (schema.type === 'array') return missing(goType, schema.item, seen);
  if (schema.type === 'map') return missing(goType, schema.value, seen);
  if (schema.type !== 'object' || seen.has(goType)) return [];
  seen.add(goType);
  const facts = allFacts(goType);
  return Object.entries(schema.fields).flatMap(([name, field]) => {
    const path = `${goType}.${name}`;
    if (OF_EVERY_KIND.has(name)) return [];
    const fact = facts.find((each) => each.name === name);
    return fact ? missing(fact.type, field, seen) : [path];
  });
}

/** The fields as JSON has them: those of embedded structs among them. */
function allFacts(goType: string): ReturnType<typeof factsOf> & object {
  return (factsOf(goType) ?? []).flatMap((fact) => (fact.isInline ? allFacts(fact.type) : [fact]));
}
