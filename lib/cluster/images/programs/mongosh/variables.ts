import { parse } from 'acorn';
import type { Json } from '../../../../api';
import { isDocument } from '../mongo/bson';
import { Collection } from './collection';
import { Cursor } from './cursor';
import { Interpreter, sourceOf } from './interpreter';
import { Variables } from './scope';
import type { SavedCursor, Session } from './session';
import { fromWire, Host, isPlain, Pattern, Special } from './values';

/** Names that a line declared, as they outlive it. */
export type SavedVariables = { readonly [name: string]: Json };

const KEPT = '\u0001kept';

/** A value as JSON that `restored` makes the same value of. */
export function kept(value: unknown): Json | undefined {
  const source = sourceOf(value);
  if (source !== undefined) return { [KEPT]: 'function', source };
  if (value === undefined) return { [KEPT]: 'undefined' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { [KEPT]: 'number', text: String(value) };
  if (value instanceof Special)
    return value.type === 'long' ? { [KEPT]: 'long', text: value.text } : value.wire;
  if (value instanceof Pattern) return { [KEPT]: 'pattern', source: value.source, flags: value.flags };
  if (value instanceof Cursor) return { [KEPT]: 'cursor', cursor: value.saved };
  if (value instanceof Collection) return { [KEPT]: 'collection', path: value.shown };
  if (value instanceof Host || typeof value === 'function') return undefined;
  if (Array.isArray(value)) return value.map((each) => kept(each) ?? null);
  if (isPlain(value))
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => {
        const saved = kept(each);
        return saved === undefined ? [] : [[key, saved] as const];
      }),
    );
  return value as Json;
}

/** The names that a new line starts with. */
export function restoredVariables(
  session: Session,
  saved: SavedVariables,
  brought: Readonly<Record<string, unknown>>,
): Variables {
  const variables = new Variables(undefined, brought);
  for (const [name, value] of Object.entries(saved))
    variables.declare(name, restored(session, value, variables));
  return variables;
}

function restored(session: Session, value: Json, scope: Variables): unknown {
  if (Array.isArray(value)) return value.map((each) => restored(session, each, scope));
  if (!isDocument(value)) return fromWire(value);
  switch (value[KEPT]) {
    case undefined:
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, restored(session, each ?? null, scope)]),
      );
    case 'function':
      return functionOf(String(value.source), scope);
    case 'long':
      return new Special('long', String(value.text));
    case 'number':
      return Number(value.text);
    case 'pattern':
      return new Pattern(String(value.source), String(value.flags));
    case 'cursor':
      return new Cursor(session, value.cursor as unknown as SavedCursor);
    case 'collection': {
      const [db = '', ...name] = String(value.path).split('.');
      return new Collection(session, db, name.join('.'));
    }
    default:
      return undefined;
  }
}

function functionOf(source: string, scope: Variables): unknown {
  const text = `(${source})`;
  return new Interpreter(scope, text).run(parse(text, { ecmaVersion: 'latest' }));
}

/** What is kept of the names that lines declared. */
export function savedVariables(variables: Variables): SavedVariables {
  return Object.fromEntries(
    variables.entries().flatMap(([name, value]) => {
      const saved = kept(value);
      return saved === undefined ? [] : [[name, saved] as const];
    }),
  );
}
