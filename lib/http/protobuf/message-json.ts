import { formatTime, isRecord } from '../../base';
import { type FieldFact, factsOf } from './notation';
import { ProtobufError } from './protobuf-error';

type Message = Readonly<Record<string, unknown>>;

/** A decoded message as Go's JSON would show the struct of that type. */
export function messageJson(goType: string, message: Message): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const fact of factsOf(goType) ?? []) {
    const sent = Object.hasOwn(message, fact.name) ? message[fact.name] : undefined;
    if (fact.isInline) {
      if (isRecord(sent)) Object.assign(json, messageJson(fact.type, sent));
      continue;
    }
    const value = fieldJson(fact, sent);
    if (value !== undefined) json[fact.name] = value;
  }
  return json;
}

/** undefined: Go leaves the field out. */
function fieldJson(fact: FieldFact, sent: unknown): unknown {
  if (sent === undefined) return fact.isAlwaysShown ? ZERO[fact.type] : undefined;
  if (fact.shape === 'list') {
    const items = sent as readonly unknown[];
    return items.length === 0 ? undefined : items.map((each) => valueJson(fact.type, each));
  }
  if (fact.shape === 'map') {
    const entries = Object.entries(sent as Message).map(([key, each]) => [key, valueJson(fact.type, each)]);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  const value = valueJson(fact.type, sent);
  if (fact.isPointer || fact.isAlwaysShown) return value;
  return value === ZERO[fact.type] ? undefined : value;
}

/** What Go shows of a value that was never set. */
const ZERO: Readonly<Record<string, unknown>> = {
  b: false,
  i: 0,
  l: 0,
  s: '',
  y: '',
  p: 0,
  q: '0',
  t: null,
  m: null,
  f: null,
  a: null,
};

function valueJson(type: string, value: unknown): unknown {
  switch (type) {
    case 'b':
    case 'i':
    case 's':
      return value;
    case 'l':
      return Number(value);
    case 'y':
      return base64(value as Uint8Array);
    case 'p':
      return intOrString(value as Message);
    case 'q':
      return (value as { readonly string?: string }).string || '0';
    case 't':
    case 'm':
      return timeJson(type, value as Message);
    case 'f':
    case 'a':
      return rawJson(value as Message);
    case 'ExtraValue':
      return [...((value as { readonly items?: readonly string[] }).items ?? [])];
    default:
      return messageJson(type, value as Message);
  }
}

const STRING = 1;

const intOrString = (value: Message): unknown =>
  Number(value.type ?? 0) === STRING ? (value.strVal ?? '') : (value.intVal ?? 0);

const NANOS_PER_MICRO = 1000;

/** RFC 3339 in UTC; a Time knows whole seconds, a MicroTime six digits more; an empty message is no time at all. */
function timeJson(type: 't' | 'm', value: Message): string | null {
  if (!Object.hasOwn(value, 'seconds') && !Object.hasOwn(value, 'nanos')) return null;
  const whole = formatTime(Number(value.seconds ?? 0) * 1000);
  if (type === 't') return whole;
  const micros = Math.trunc(Number(value.nanos ?? 0) / NANOS_PER_MICRO);
  return `${whole.slice(0, -1)}.${String(micros).padStart(6, '0')}Z`;
}

/** Raw bytes that hold a JSON value. */
function rawJson({ raw }: Message): unknown {
  if (!(raw instanceof Uint8Array) || raw.length === 0) return null;
  const text = new TextDecoder().decode(raw);
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtobufError(`${JSON.stringify(text)} is not JSON`);
  }
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
