import type { Json } from '../../../../api';
import type { Random } from '../../../../base';

/** A document as it is kept and sent: JSON, with what JSON lacks written as marked strings. */
export type Document = { readonly [field: string]: Json };

/** Begins the strings that stand for values JSON lacks; no learner's text begins so. */
const MARK = '\u0001';

/** An ObjectId as a value. */
export const objectId = (hex: string): string => `${MARK}oid:${hex}`;
/** A date as a value; padded, so that texts order as dates do. */
export const isoDate = (ms: number): string => `${MARK}date:${String(ms).padStart(16, '0')}`;
/** A 64-bit number. */
export const long = (text: string): string => `${MARK}long:${text}`;
/** An oplog's position. */
export const timestamp = (seconds: number, increment: number): string => `${MARK}ts:${seconds}:${increment}`;

/** Bytes, in base64. */
export const binary = (base64: string): string => `${MARK}bin:${base64}`;

/** What a marked string stands for; undefined for a plain one. */
export function specialValue(
  text: string,
): { readonly type: 'oid' | 'date' | 'long' | 'ts' | 'bin'; readonly text: string } | undefined {
  if (!text.startsWith(MARK)) return undefined;
  const cut = text.indexOf(':');
  const type = text.slice(1, cut);
  return type === 'oid' || type === 'date' || type === 'long' || type === 'ts' || type === 'bin'
    ? { type, text: text.slice(cut + 1) }
    : undefined;
}

/** A new ObjectId: its time, then chance. */
export function newObjectId(now: number, random: Random): string {
  let hex = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  while (hex.length < 24) hex += Math.floor(random.next() * 16).toString(16);
  return objectId(hex);
}

/** Whether a value is a document. */
export function isDocument(value: Json | undefined): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A document's field as a document, or an empty one. */
export function documentIn(value: Document, field: string): Document {
  const found = value[field];
  return isDocument(found) ? found : {};
}

/** A document's field as a list of documents. */
export function documentsIn(value: Document, field: string): readonly Document[] {
  const found = value[field];
  return Array.isArray(found) ? found.filter(isDocument) : [];
}
