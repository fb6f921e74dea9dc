import fc from 'fast-check';
import { type FieldFact, factsOf } from './notation';
import { wireType } from './wire-types';

/** A message as it is put on the wire, and the JSON that Go would show of it. */
export interface Sample {
  readonly wire: unknown;
  readonly json: unknown;
}

const text = fc.string({ maxLength: 8, unit: 'binary' });
const same = (value: unknown): Sample => ({ wire: value, json: value });
const seconds = fc.integer({ min: 1, max: 4_000_000_000 });
const iso = (value: number): string => new Date(value * 1000).toISOString().slice(0, -5);

const LEAVES: Readonly<Record<string, fc.Arbitrary<Sample>>> = {
  b: fc.boolean().map(same),
  i: fc.integer().map(same),
  l: fc.maxSafeInteger().map(same),
  s: text.map(same),
  y: fc
    .uint8Array({ maxLength: 9 })
    .map((bytes) => ({ wire: bytes, json: Buffer.from(bytes).toString('base64') })),
  q: fc.constantFrom('0', '100m', '2Gi').map((each) => ({ wire: { string: each }, json: each })),
  p: fc.oneof(
    fc.integer().map((each) => ({ wire: { type: 0, intVal: each, strVal: '' }, json: each })),
    text.map((each) => ({ wire: { type: 1, intVal: 0, strVal: each }, json: each })),
  ),
  t: seconds.map((each) => ({ wire: { seconds: each, nanos: 5 }, json: `${iso(each)}Z` })),
  m: seconds.map((each) => ({ wire: { seconds: each, nanos: 1_234_567 }, json: `${iso(each)}.001234Z` })),
  f: fc.json().map((each) => ({ wire: { raw: new TextEncoder().encode(each) }, json: JSON.parse(each) })),
  a: fc.json().map((each) => ({ wire: { raw: new TextEncoder().encode(each) }, json: JSON.parse(each) })),
  ExtraValue: fc.array(text, { maxLength: 2 }).map((items) => ({ wire: { items }, json: items })),
};

/** Go leaves these out, where the field is neither a pointer nor always shown. */
const isZero = ({ json }: Sample): boolean =>
  json === '' || json === 0 || json === false || json === '0' || json === null;

function fieldSample(fact: FieldFact, depth: number): fc.Arbitrary<Sample | undefined> {
  const one = LEAVES[fact.type] ?? messageSample(fact.type, depth - 1);
  if (fact.shape === 'list') {
    return fc.array(one, { maxLength: 3 }).map((items) => ({
      wire: items.map((each) => each.wire),
      json: items.length === 0 ? undefined : items.map((each) => each.json),
    }));
  }
  if (fact.shape === 'map') {
    return fc.dictionary(text, one, { maxKeys: 3, noNullPrototype: true }).map((entries) => {
      const pick = (which: 'wire' | 'json') =>
        Object.fromEntries(Object.entries(entries).map(([key, each]) => [key, each[which]]));
      return { wire: pick('wire'), json: Object.keys(entries).length === 0 ? undefined : pick('json') };
    });
  }
  const kept = one.map((each) =>
    !fact.isPointer && !fact.isAlwaysShown && isZero(each) ? { ...each, json: undefined } : each,
  );
  return fact.isAlwaysShown ? kept : fc.option(kept, { nil: undefined });
}

/** Any message of a Go type; below `depth` further structs stay empty, since types may contain themselves. */
export function messageSample(goType: string, depth: number): fc.Arbitrary<Sample> {
  const facts = (factsOf(goType) ?? []).filter((fact) => depth > 0 || LEAVES[fact.type] !== undefined);
  const shown = facts.filter((fact) => depth > 0 || fact.isAlwaysShown || fact.shape === 'one');
  return fc.tuple(...shown.map((fact) => fieldSample(fact, depth))).map((samples) => joined(shown, samples));
}

function joined(facts: readonly FieldFact[], samples: readonly (Sample | undefined)[]): Sample {
  const wire: Record<string, unknown> = {};
  const json: Record<string, unknown> = {};
  for (const [index, fact] of facts.entries()) {
    const sample = samples[index];
    if (sample === undefined) continue;
    wire[fact.name] = sample.wire;
    if (fact.isInline) Object.assign(json, sample.json);
    else if (sample.json !== undefined) json[fact.name] = sample.json;
  }
  return { wire, json };
}

/** A body as a Go client sends it. */
export function protobufBody(apiVersion: string, kind: string, goType: string, wire: unknown): Uint8Array {
  const raw = wireType(goType)
    .encode(wire as Record<string, unknown>)
    .finish();
  const unknown = { typeMeta: { apiVersion, kind }, raw, contentEncoding: '', contentType: '' };
  return Buffer.concat([Buffer.from('k8s\0'), wireType('Unknown').encode(unknown).finish()]);
}
