import type { Lab } from '../../../labs';
import { AppError } from '../../app-error';
import type { PrismaClient } from '../../generated/prisma/client';
import type { LabContents } from './lab-contents';
import { type LateRule, lateRuleSchema } from './late-rule';

/** An assignment with the lab that it gives. */
export interface Work {
  readonly id: string;
  readonly cohortId: string;
  readonly labId: string;
  readonly labVersion: string;
  readonly opensAt: Date | undefined;
  readonly dueAt: Date | undefined;
  readonly points: number;
  readonly lateRule: LateRule;
  /** At its version, with the first seed's values. */
  readonly lab: Lab;
  /** The version that the catalogue has by now. */
  readonly current: string;
}

/** A cohort's assignments in order, or those that are asked for. */
export async function readWork(
  prisma: PrismaClient,
  contents: LabContents,
  where: { readonly cohortId: string } | { readonly id: string },
): Promise<readonly Work[]> {
  const rows = await prisma.assignment.findMany({
    where,
    include: { lab: { select: { version: true } } },
    orderBy: { position: 'asc' },
  });
  return Promise.all(
    rows.map(
      async ({ id, cohortId, labId, labVersion, opensAt, dueAt, points, lateRule, lab: { version } }) => {
        const lab = await contents.read(labId, labVersion);
        if (lab === undefined)
          throw new AppError('unavailable', `The lab ${labId} is not kept at the version that was assigned.`);
        return {
          id,
          cohortId,
          labId,
          labVersion,
          opensAt: opensAt ?? undefined,
          dueAt: dueAt ?? undefined,
          points,
          lateRule: lateRuleSchema.parse(lateRule),
          lab,
          current: version,
        };
      },
    ),
  );
}
