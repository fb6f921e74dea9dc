import type { PrismaClient } from '../../generated/prisma/client';
import { log } from '../../log';
import { type Asker, demand } from '../access';
import { assignmentOf } from '../assignments/assignments';
import type { LabContents } from '../assignments/lab-contents';
import { type Bus, topics } from '../bus';
import { type Board, createBoard } from './board';
import { boardNews, sharedWith } from './board-news';
import type { BoardNews, BoardView } from './board-views';

/** Boards that somebody looks at, each read once for all of them. */
export interface BoardFeed {
  /** The board as it is now. */
  look(asker: Asker, cohortId: string, assignmentId: string): Promise<BoardView>;
  /** Tells `listener` the whole board now, and what is new whenever it changes, until the returned function is called. */
  follow(
    asker: Asker,
    cohortId: string,
    assignmentId: string,
    listener: (news: BoardNews) => void,
  ): Promise<() => void>;
}

/** A class that works makes a change a second; nobody reads faster. */
const READ_EVERY_MS = 1_000;
/** Silence makes no event, so it is looked for. */
const LOOK_ANYWAY_MS = 15_000;

interface Watched {
  readonly board: Board;
  /** Reads it now; parts that have not changed since the last time are the same. */
  read(): Promise<BoardView>;
  readonly listeners: Set<(board: BoardView) => void>;
  stop(): void;
}

/** Boards over a bus. */
export function createBoardFeed(prisma: PrismaClient, contents: LabContents, bus: Bus): BoardFeed {
  const watched = new Map<string, Watched>();

  const watch = (assignmentId: string): Watched => {
    const board = createBoard(prisma, contents, assignmentId);
    const listeners = new Set<(board: BoardView) => void>();
    let known: BoardView | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let reading = false;
    let again = false;
    const read = async () => {
      known = sharedWith(known, await board.read());
      return known;
    };
    const tellAll = async () => {
      timer = undefined;
      reading = true;
      again = false;
      try {
        const next = await read();
        for (const listener of [...listeners]) listener(next);
      } catch (error) {
        log('error', 'board-not-read', { assignment: assignmentId, error });
      } finally {
        reading = false;
        if (again) soon();
      }
    };
    const soon = () => {
      if (reading) again = true;
      else timer ??= setTimeout(() => void tellAll(), READ_EVERY_MS);
    };
    const anyway = setInterval(soon, LOOK_ANYWAY_MS);
    const silence = [
      bus.subscribe(topics.assignment(assignmentId), soon),
      bus.subscribe(topics.regraded(assignmentId), () => {
        board.forget();
        soon();
      }),
    ];
    return {
      board,
      read,
      listeners,
      stop() {
        clearTimeout(timer);
        clearInterval(anyway);
        for (const stop of silence) stop();
        watched.delete(assignmentId);
      },
    };
  };

  const admit = async (asker: Asker, cohortId: string, assignmentId: string) => {
    await demand(prisma, asker, cohortId, 'help');
    await assignmentOf(prisma, cohortId, assignmentId);
  };

  return {
    async look(asker, cohortId, assignmentId) {
      await admit(asker, cohortId, assignmentId);
      const known = watched.get(assignmentId)?.board ?? createBoard(prisma, contents, assignmentId);
      return known.read();
    },
    async follow(asker, cohortId, assignmentId, listener) {
      await admit(asker, cohortId, assignmentId);
      const one = watched.get(assignmentId) ?? watch(assignmentId);
      watched.set(assignmentId, one);
      let told: BoardView | undefined;
      const tell = (board: BoardView) => {
        const news = boardNews(told, board);
        told = board;
        if (news !== undefined) listener(news);
      };
      // Whoever is taken off the staff sees nothing more.
      const allowed = (board: BoardView) => {
        if (boardNews(told, board) === undefined) return;
        admit(asker, cohortId, assignmentId).then(
          () => {
            if (one.listeners.has(allowed)) tell(board);
          },
          () => one.listeners.delete(allowed),
        );
      };
      one.listeners.add(allowed);
      tell(await one.read());
      return () => {
        one.listeners.delete(allowed);
        if (one.listeners.size === 0) one.stop();
      };
    },
  };
}
