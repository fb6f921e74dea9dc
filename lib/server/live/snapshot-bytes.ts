import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { WorkspaceSnapshot } from '../../workspace';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** Cheap, and JSON of cluster objects shrinks well all the same. */
const LEVEL = 4;

/** A snapshot as the database keeps it: deflated JSON. */
export function packSnapshot(snapshot: WorkspaceSnapshot): Promise<Uint8Array<ArrayBuffer>> {
  return packText(JSON.stringify(snapshot));
}

/** The same, with its name; its JSON, which is large, is written once. */
export function packNamed(snapshot: WorkspaceSnapshot): {
  readonly id: string;
  readonly bytes: Promise<Uint8Array<ArrayBuffer>>;
} {
  const text = JSON.stringify(snapshot);
  return { id: hashOf(text), bytes: packText(text) };
}

const packText = async (text: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await deflate(text, { level: LEVEL }));

/** Reads what `packSnapshot` wrote. */
export async function unpackSnapshot(bytes: Uint8Array): Promise<WorkspaceSnapshot> {
  return JSON.parse((await inflate(bytes)).toString('utf8')) as WorkspaceSnapshot;
}

/** The name of a snapshot by its content. */
export function snapshotHash(snapshot: WorkspaceSnapshot): string {
  return hashOf(JSON.stringify(snapshot));
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
