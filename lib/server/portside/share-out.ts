import type { MessagePort } from 'node:worker_threads';
import { parentPort, Worker } from 'node:worker_threads';
import { type Found, type Piece, provePiece } from './prove-pieces';

/** A thread loads the very bundle that this code stands in; loading it in a thread does nothing by itself. */
const ENTRY = `
const { workerData } = require('node:worker_threads');
import(workerData).then(({ provePieces }) => provePieces());
`;

/**
 * Does pieces in as many threads and tells each outcome as it comes. Proving only computes, so more threads than cores
 * gain nothing; with one thread all is done here.
 */
export async function shareOut(
  pieces: readonly Piece[],
  threads: number,
  tell: (piece: Piece, found: Found) => void,
): Promise<void> {
  const left = [...pieces];
  if (Math.min(threads, pieces.length) <= 1) {
    for (const piece of left) tell(piece, await provePiece(piece));
    return;
  }
  const begun = new Set<string>();
  const count = Math.min(threads, pieces.length);
  await Promise.all(Array.from({ length: count }, () => oneThread(left, begun, tell)));
}

/**
 * Takes what a thread does next off the list. It stays with its lab, whose start and solved states it holds, then begins
 * the next lab, and helps others with theirs when all are begun.
 */
export function nextFor(last: Piece | undefined, left: Piece[], begun: Set<string>): Piece | undefined {
  const own = left.findIndex(({ lab }) => lab === last?.lab);
  const fresh = left.findIndex(({ lab }) => !begun.has(lab));
  const [piece] = left.splice(own !== -1 ? own : Math.max(fresh, 0), 1);
  if (piece !== undefined) begun.add(piece.lab);
  return piece;
}

function oneThread(
  left: Piece[],
  begun: Set<string>,
  tell: (piece: Piece, found: Found) => void,
): Promise<void> {
  const worker = new Worker(ENTRY, { eval: true, workerData: import.meta.url });
  return new Promise<void>((resolve, reject) => {
    let piece: Piece | undefined;
    const next = () => {
      piece = nextFor(piece, left, begun);
      if (piece === undefined) resolve();
      else worker.postMessage(piece);
    };
    worker.on('message', (found: Found) => {
      if (piece !== undefined) tell(piece, found);
      next();
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a proving thread ended before its work did')));
    next();
  }).finally(() => worker.terminate());
}

/** The other side: a thread that does what it is sent, one piece after the other. */
export function provePieces(port: MessagePort | null = parentPort): void {
  port?.on('message', async (piece: Piece) => {
    port.postMessage(await provePiece(piece));
  });
}
