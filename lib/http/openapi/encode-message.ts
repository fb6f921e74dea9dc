import protobuf from 'protobufjs/light.js';

/** How the value of a JSON key is written. `any` is YAML in an `Any`, `anys` a list of them; other lists are repeated. */
type Wire = 'string' | 'bool' | 'any' | 'anys' | Message | (() => Message);

/** A field's number and how its value is written. */
type Field = readonly [number: number, wire: Wire];

/** A message, as what JSON it is made from. */
export interface Message {
  /** Fields by the key they come from. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** Where `x-…` keys go, as named `Any`s. */
  readonly extensions?: number;
  /** The message holds the entries of an object, as named messages in this field. */
  readonly entries?: Field;
  /** The message only wraps the value, in the field that this says. */
  readonly wraps?: (value: unknown) => Field;
}

const LENGTH_DELIMITED = 2;

/** A JSON value as a protobuf message. What the message has no field for is left out. */
export function encodeMessage(value: unknown, message: Message): Uint8Array {
  const writer = protobuf.Writer.create();
  writeMessage(writer, value, message);
  return writer.finish();
}

function writeMessage(writer: protobuf.Writer, value: unknown, message: Message): void {
  if (message.wraps) {
    writeField(writer, value, message.wraps(value));
    return;
  }
  const { entries, fields, extensions } = message;
  for (const [key, each] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    const field = fields?.[key];
    if (field) writeField(writer, each, field);
    else if (entries) writeNamed(writer, key, each, entries);
    else if (extensions !== undefined && key.startsWith('x-'))
      writeNamed(writer, key, each, [extensions, 'any']);
  }
}

function writeField(writer: protobuf.Writer, value: unknown, [number, wire]: Field): void {
  if (Array.isArray(value) && wire !== 'any') {
    const item = wire === 'anys' ? 'any' : wire;
    for (const each of value) writeField(writer, each, [number, item]);
  } else if (wire === 'bool') writer.uint32(number << 3).bool(value === true);
  else if (wire === 'string') writer.uint32(tag(number)).string(String(value));
  else {
    writer.uint32(tag(number)).fork();
    if (wire === 'any' || wire === 'anys') writer.uint32(tag(ANY_YAML)).string(JSON.stringify(value));
    else writeMessage(writer, value, typeof wire === 'function' ? wire() : wire);
    writer.ldelim();
  }
}

/** The field of `Any` that holds YAML, of which JSON is a part. */
const ANY_YAML = 2;

/** A message `Named…`: a name and a value. */
function writeNamed(writer: protobuf.Writer, name: string, value: unknown, [number, wire]: Field): void {
  writer.uint32(tag(number)).fork().uint32(tag(1)).string(name);
  writeField(writer, value, [2, wire]);
  writer.ldelim();
}

const tag = (number: number): number => (number << 3) | LENGTH_DELIMITED;
