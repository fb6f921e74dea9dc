import { type Document, documentIn, documentsIn } from '../mongo/bson';
import { MongoError, serverError } from './connection';
import type { Session } from './session';
import { fromWire } from './values';

/** Throws what a write's reply refuses, as the driver does. */
export function checkWrite(reply: Document, many = false, result: Record<string, unknown> = {}): void {
  const errors = documentsIn(reply, 'writeErrors');
  const [first] = errors;
  if (first !== undefined) {
    const message = String(first.errmsg ?? '');
    if (!many) throw new MongoError('MongoServerError', message, { code: first.code });
    throw new MongoError('MongoBulkWriteError', message, {
      code: first.code,
      result,
      writeErrors: errors.map((error) => ({ err: fromWire(error) })),
    });
  }
  const concern = documentIn(reply, 'writeConcernError');
  if (Object.keys(concern).length > 0)
    throw new MongoError('MongoWriteConcernError', String(concern.errmsg ?? ''), {
      code: concern.code,
      codeName: concern.codeName,
    });
}

/** A result object that the old shell prints by its class: WriteResult({ "nInserted" : 1 }). */
export const CLASS = '\u0001class';

/** The reply of an old helper (insert, update, remove) in the old shell: a WriteResult, the refusal inside. */
export function writeResult(reply: Document, counts: Record<string, unknown>): Record<string, unknown> {
  const [error] = documentsIn(reply, 'writeErrors');
  return {
    [CLASS]: 'WriteResult',
    ...counts,
    ...(error === undefined ? {} : { writeError: { code: error.code, errmsg: error.errmsg } }),
  };
}

/** Sends a write; the old shell's helpers wrap the server's refusal instead of throwing it. */
export function sendWrite(session: Session, db: string, command: Document): Document {
  const { connection, legacy } = session;
  if (!legacy) return connection.run(db, command, 'write');
  const reply = connection.runRaw(db, command, 'write');
  if (reply.ok === 1) return reply;
  const { name, message } = serverError(reply);
  throw new MongoError('WriteCommandError', message, {
    ...reply,
    [CLASS]: 'WriteCommandError',
    driverName: name,
  });
}
