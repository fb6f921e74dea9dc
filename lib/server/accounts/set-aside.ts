import type { PrismaClient } from '../generated/prisma/client';

/** Work in a lab that an account took over from a browser, while it had work of its own there. */
export interface SetAside {
  readonly workspaceId: string;
  readonly title: string;
  /** RFC 3339. */
  readonly lastWorkedAt: string;
  readonly commands: number;
}

/** Begins the place of a workspace that is set aside; its id and the place that it was in follow. */
const ASIDE = 'aside:';

/** The place that a workspace has while it is set aside. */
export function asidePlace({ id, place }: { readonly id: string; readonly place: string }): string {
  return `${ASIDE}${id}:${place}`;
}

/** What is set aside for an account, newest first. */
export async function setAsideFor(prisma: PrismaClient, userId: string): Promise<readonly SetAside[]> {
  const rows = await prisma.workspace.findMany({
    where: { userId, place: { startsWith: ASIDE } },
    include: { lab: { select: { title: true } }, _count: { select: { events: true } } },
    orderBy: { updatedAt: 'desc' },
  });
  return rows.map(({ id, lab, updatedAt, _count }) => ({
    workspaceId: id,
    title: lab.title,
    lastWorkedAt: updatedAt.toISOString(),
    commands: _count.events,
  }));
}

/** Puts set-aside work in place and sets aside what was there, in one transaction; the lab's title, or undefined. */
export async function bringBack(
  prisma: PrismaClient,
  userId: string,
  workspaceId: string,
): Promise<string | undefined> {
  return prisma.$transaction(async (transaction) => {
    const wanted = await transaction.workspace.findFirst({
      where: { id: workspaceId, userId, place: { startsWith: ASIDE } },
      include: { lab: { select: { title: true } } },
    });
    if (wanted === null) return undefined;
    const { labId, lab } = wanted;
    const place = wanted.place.slice(asidePlace({ id: workspaceId, place: '' }).length);
    const inPlace = await transaction.workspace.findUnique({
      where: { userId_labId_place: { userId, labId, place } },
      select: { id: true, place: true },
    });
    if (inPlace !== null) {
      const data = { place: asidePlace(inPlace) };
      await transaction.workspace.update({ where: { id: inPlace.id }, data, select: { id: true } });
    }
    await transaction.workspace.update({ where: { id: workspaceId }, data: { place }, select: { id: true } });
    return lab.title;
  });
}
