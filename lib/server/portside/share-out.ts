import type { MessagePort } from 'node:worker_threads';
import { parentPort, Worker } from 'node:worker_threads';
import { createSerialQueue } from '../serial-queue';
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

async function oneThread(
  left: Piece[],
  begun: Set<string>,
  tell: (piece: Piece, found: Found) => void,
): Promise<void> {
  const thread = openThread();
  try {
    let piece = nextFor(undefined, left, begun);
    while (piece !== undefined) {
      tell(piece, await thread.prove(piece));
      piece = nextFor(piece, left, begun);
    }
  } finally {
    await thread.end();
  }
}

/** A thread that proves, and remembers what it judged before. */
export interface ProvingThread {
  /** Does a piece after those it was given before; rejects when the thread broke. */
  prove(piece: Piece): Promise<Found>;
  end(): Promise<void>;
}

interface Waiting {
  resolve(found: Found): void;
  reject(error: Error): void;
}

/** Begins a thread. */
export function openThread(): ProvingThread {
  const worker = new Worker(ENTRY, { eval: true, workerData: import.meta.url });
  let waiting: readonly Waiting[] = [];
  let broken: Error | undefined;
  const fail = (error: Error) => {
    broken ??= error;
    for (const { reject } of waiting) reject(broken);
    waiting = [];
  };
  worker.on('message', (found: Found) => {
    const [first, ...rest] = waiting;
    waiting = rest;
    first?.resolve(found);
  });
  worker.once('error', fail);
  worker.once('exit', () => fail(new Error('a proving thread ended before its work did')));
  return {
    prove(piece) {
      if (broken !== undefined) return Promise.reject(broken);
      return new Promise((resolve, reject) => {
        waiting = [...waiting, { resolve, reject }];
        worker.postMessage(piece);
      });
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** The other side: a thread that does what it is sent, one piece after the other. */
export function provePieces(port: MessagePort | null = parentPort): void {
  const queue = createSerialQueue();
  port?.on('message', (piece: Piece) => {
    void queue.run(async () => port.postMessage(await provePiece(piece)));
  });
}
