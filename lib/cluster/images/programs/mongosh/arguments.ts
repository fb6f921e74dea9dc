import type { Document } from '../mongo/bson';
import { isPlain, Special, toWire } from './values';

/** An argument that has to be a document; absent ones are empty. */
export function documentOf(value: unknown): Document {
  return isPlain(value) ? (toWire(value) as Document) : {};
}

/** A number among options or arguments. */
export function numberOf(value: unknown): number | undefined {
  if (value instanceof Special) return Number(value.text);
  return typeof value === 'number' ? value : undefined;
}
