import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { WorkspaceSnapshot } from '../../workspace';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
/** Cheap, and JSON of cluster objects shrinks well all the same. */
const LEVEL = 4;

/** A snapshot as the database keeps it: deflated JSON. */
export async function packSnapshot(snapshot: WorkspaceSnapshot): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await deflate(JSON.stringify(snapshot), { level: LEVEL }));
}

/** Reads what `packSnapshot` wrote. */
export async function unpackSnapshot(bytes: Uint8Array): Promise<WorkspaceSnapshot> {
  return JSON.parse((await inflate(bytes)).toString('utf8')) as WorkspaceSnapshot;
}

/** The name of a snapshot by its content. */
export function snapshotHash(snapshot: WorkspaceSnapshot): string {
  return createHash('sha256').update(JSON.stringify(snapshot)).digest('hex');
}
