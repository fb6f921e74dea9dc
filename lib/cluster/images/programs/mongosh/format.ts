import { IT } from './commands';
import { MongoError } from './connection';
import { Cursor } from './cursor';
import { inspect } from './inspect';
import { toLegacyJson } from './legacy-json';
import { ScriptError } from './native-members';
import type { Session } from './session';
import { Thrown } from './signals';
import { Host, isPlain } from './values';

/** What the prompt prints of a line's value; empty for nothing. */
export function formatValue(session: Session, value: unknown): string {
  if (value === undefined) return '';
  if (value === IT) {
    if (session.cursor === null) return session.legacy ? 'no cursor' : 'no cursor';
    return formatCursor(session, new Cursor(session, session.cursor));
  }
  if (value instanceof Cursor) return formatCursor(session, value);
  return session.legacy ? formatLegacy(value) : formatPlain(value);
}

function formatPlain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'function') return '[Function]';
  return inspect(value);
}

function formatLegacy(value: unknown): string {
  if (typeof value === 'string') return value;
  return value instanceof Host ? value.shown : toLegacyJson(value);
}

function formatCursor(session: Session, cursor: Cursor): string {
  const { documents, more } = cursor.batch();
  session.cursor = more ? cursor.saved : null;
  if (documents.length === 0) return '';
  const hint = more ? '\nType "it" for more' : '';
  return session.legacy
    ? documents.map((each) => toLegacyJson(each, !cursor.isPretty)).join('\n') + hint
    : inspect(documents, Number.POSITIVE_INFINITY) + hint;
}

/** What print() writes of its arguments. */
export function formatPrinted(session: Session, values: readonly unknown[], json = false): string {
  return values
    .map((value) => {
      if (session.legacy && json) return toLegacyJson(value);
      if (value === undefined) return session.legacy ? 'undefined' : '';
      if (value instanceof Cursor && !session.legacy) return formatCursor(session, value);
      if (!session.legacy) return formatPlain(value);
      return typeof value === 'object' && value !== null && !(value instanceof Host) && isPlain(value)
        ? '[object Object]'
        : formatLegacy(value);
    })
    .join(' ');
}

/** An error as the prompt prints it; undefined for what is no error of the line. */
export function formatError(session: Session, error: unknown): string | undefined {
  if (error instanceof Thrown) return thrown(session, error.value);
  if (!(error instanceof ScriptError)) return undefined;
  return session.legacy ? legacyError(error) : plainError(error);
}

function plainError(error: ScriptError): string {
  const { codeName, fields } =
    error instanceof MongoError ? error : { codeName: undefined, fields: {} as Record<string, unknown> };
  const text = [
    `${error.name}${codeName === undefined ? '' : `[${codeName}]`}: ${error.message}`,
    ...(error.name === 'SyntaxError' ? ['', ''] : []),
    ...('errInfo' in fields
      ? [`Additional information: ${inspect(fields.errInfo, Number.POSITIVE_INFINITY)}`]
      : []),
    ...('result' in fields
      ? [`Result: BulkWriteResult ${inspect(fields.result, Number.POSITIVE_INFINITY)}`]
      : []),
    ...('writeErrors' in fields
      ? [
          `Write Errors: ${inspect(fields.writeErrors, Number.POSITIVE_INFINITY).replaceAll('{ err:', 'WriteError { err:').replaceAll('{\n    err:', 'WriteError {\n    err:')}`,
        ]
      : []),
  ].join('\n');
  // Node's prompt lets a single line overwrite its own "Uncaught"; of several lines it stays.
  return text.includes('\n') ? `Uncaught:\n${text}`.replace(/\n+$/, '\n') : text;
}

function thrown(session: Session, value: unknown): string {
  if (isPlain(value) && typeof value.message === 'string') {
    const name = typeof value.name === 'string' ? value.name : 'Error';
    return session.legacy ? `uncaught exception: ${name}: ${value.message}` : `${name}: ${value.message}`;
  }
  const text = formatPlain(value);
  return session.legacy ? `uncaught exception: ${text}` : `Error: ${text}`;
}

function legacyError(error: ScriptError): string {
  if (!(error instanceof MongoError)) return `uncaught exception: ${error.name}: ${error.message}`;
  if (error.name === 'WriteCommandError') return toLegacyJson(withoutDriver(error.fields));
  if (error.name === 'MongoServerError')
    return `uncaught exception: Error: error: ${toLegacyJson(error.fields)}`;
  return `uncaught exception: Error: ${error.message}`;
}

function withoutDriver({ driverName: _, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return fields;
}
