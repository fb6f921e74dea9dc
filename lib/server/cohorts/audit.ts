import type { Prisma, PrismaClient } from '../generated/prisma/client';
import { type Asker, demand, type Standing } from './access';
import type { AuditLine } from './views';

/** What staff did or saw, about whom, and what else there is to know. */
export interface Deed {
  readonly action: string;
  readonly subject?: string | undefined;
  readonly details?: Prisma.InputJsonObject;
}

/** The row of an audit line, to be stored with what it tells of. */
export function auditRow({ cohortId, userId, name }: Standing, { action, subject, details }: Deed) {
  return {
    cohortId,
    actorId: userId,
    actorName: name,
    action,
    subjectName: subject ?? '',
    details: details ?? {},
  };
}

/** Writes a line that stands by itself: something was looked at. */
export async function noteDown(prisma: PrismaClient, standing: Standing, deed: Deed): Promise<void> {
  await prisma.auditEntry.create({ data: auditRow(standing, deed), select: { id: true } });
}

/** Lines that one page shows. */
const PAGE_SIZE = 200;
/** A time as a form's field has it. */
const LOCAL_TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/;

/** What staff did and saw, newest first; `before` is the id of the last line that was seen. */
export async function auditLog(
  prisma: PrismaClient,
  asker: Asker,
  cohortId: string,
  before?: string,
): Promise<readonly AuditLine[]> {
  await demand(prisma, asker, cohortId, 'manage');
  const older = before !== undefined && /^\d{1,18}$/.test(before) ? { id: { lt: BigInt(before) } } : {};
  const rows = await prisma.auditEntry.findMany({
    where: { cohortId, ...older },
    orderBy: { id: 'desc' },
    take: PAGE_SIZE,
  });
  return rows.map(({ id, at, actorName, action, subjectName, details }) => ({
    id: String(id),
    at: at.toISOString(),
    actor: actorName,
    action,
    subject: subjectName,
    details: Object.entries(details as Record<string, unknown>).map(
      ([key, value]) => `${key}: ${String(value).replace(LOCAL_TIME, '$1 $2')}`,
    ),
  }));
}
