import type { PrismaClient } from '../generated/prisma/client';
import { SANDBOX_TRACK } from '../sandbox-lab';

/** What the database keeps of a lab; everything else stays in its files. */
export interface LabRow {
  readonly id: string;
  readonly track: string;
  readonly slug: string;
  readonly title: string;
  readonly version: string;
}

/** Brings the lab rows, which workspaces and attempts point to, up to the files; a lab that is gone is marked retired. */
export async function seed(prisma: PrismaClient, labs: readonly LabRow[]): Promise<void> {
  // Each by itself: a seed that was broken off is run again, and one transaction of all may last longer than it is given.
  for (const { id, ...rest } of labs)
    await prisma.lab.upsert({ where: { id }, create: { id, ...rest }, update: { ...rest, retired: false } });
  await prisma.lab.updateMany({
    where: { id: { notIn: labs.map(({ id }) => id) }, track: { not: SANDBOX_TRACK } },
    data: { retired: true },
  });
}
