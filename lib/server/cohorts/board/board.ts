import type { PrismaClient } from '../../generated/prisma/client';
import { CohortRole } from '../../generated/prisma/client';
import { readWork } from '../assignments/course-work';
import type { LabContents } from '../assignments/lab-contents';
import { namesOf } from '../cohort-page';
import { type BoardState, groupsOf, type Stand, standOf } from './board-state';
import { type BoardTrails, createBoardTrails } from './board-trails';
import type { BoardGroupView, BoardLine, BoardView } from './board-views';
import { meaningKey } from './meaning';

/** One assignment's board: read as often as one likes, for as many as look on. */
export interface Board {
  read(): Promise<BoardView>;
  forget(): void;
}

const NOT_BEGUN: Stand = standOf(
  { attempts: [], begun: false, lastInputAt: undefined, resets: 0, hand: false },
  0,
);

/** The board of an assignment. */
export function createBoard(prisma: PrismaClient, contents: LabContents, assignmentId: string): Board {
  const trails: BoardTrails = createBoardTrails(prisma, contents, assignmentId);
  return {
    forget: trails.forget,
    async read() {
      const [work] = await readWork(prisma, contents, { id: assignmentId });
      if (work === undefined) return { tasks: [], lines: [], groups: [], counts: countStates([]) };
      const [members, known, hints] = await Promise.all([
        prisma.membership.findMany({
          where: { cohortId: work.cohortId, role: CohortRole.LEARNER },
          orderBy: { name: 'asc' },
        }),
        trails.read(),
        groupHints(prisma, assignmentId),
      ]);
      const now = Date.now();
      const stands = members.map(({ userId, name }) => {
        const trail = known.get(userId);
        return { id: userId, name, trail, stand: trail === undefined ? NOT_BEGUN : standOf(trail, now) };
      });
      const lines = stands.map(({ id, name, trail, stand }): BoardLine => {
        const { state, tasks, met, needs, why } = stand;
        return { id, name, workspaceId: trail?.workspaceId ?? null, state, tasks, met, needs, why };
      });
      return {
        tasks: work.lab.tasks.map(({ id, title }) => ({
          id,
          title,
          met: lines.filter(({ tasks, state }) => state === 'done' || tasks[id] === 'met').length,
        })),
        lines,
        groups: groupsOf(stands).map((group) => ({ ...group, hints: hints.get(meaningKey(group)) ?? [] })),
        counts: countStates(lines),
      };
    },
  };
}

function countStates(lines: readonly BoardLine[]): Readonly<Record<BoardState, number>> {
  const count = (state: BoardState) => lines.filter((line) => line.state === state).length;
  return {
    done: count('done'),
    working: count('working'),
    stuck: count('stuck'),
    away: count('away'),
    'not begun': count('not begun'),
  };
}

async function groupHints(prisma: PrismaClient, assignmentId: string) {
  const rows = await prisma.groupHint.findMany({ where: { assignmentId, withdrawnAt: null } });
  const names = await namesOf(
    prisma,
    rows.map(({ byId }) => byId),
  );
  const byMeaning = new Map<string, BoardGroupView['hints'][number][]>();
  for (const { id, task, check, meaning, text, byId } of rows) {
    const key = meaningKey({ task, check, says: meaning });
    byMeaning.set(key, [...(byMeaning.get(key) ?? []), { id, text, by: names.get(byId) ?? 'Staff' }]);
  }
  return byMeaning;
}
