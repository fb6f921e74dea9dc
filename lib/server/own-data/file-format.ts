import { z } from 'zod';
import { FILE_LIMIT } from '../live';

/** The version of the file that a learner's data is written in; older ones stay readable. */
const FORMAT = 'portside-own-data/1';

const lab = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/);
const time = z.iso.datetime({ offset: true });
const FILES_LIMIT = 200;
const LABS_LIMIT = 500;
const ATTEMPTS_LIMIT = 2_000;

const verdict = z.object({
  task: z.string().max(200),
  check: z.string().max(200),
  outcome: z.enum(['met', 'not-met', 'cannot-judge']),
  reason: z.string().max(4_000).optional(),
  expected: z.string().max(4_000).optional(),
  actual: z.string().max(4_000).optional(),
});

const attempt = z.object({
  at: time,
  passed: z.boolean(),
  labVersion: z.string().max(100),
  verdicts: z.array(verdict).max(500),
});

const place = z.object({
  lab,
  status: z.enum(['started', 'passed']),
  passedAt: time.nullable(),
  files: z
    .array(z.object({ path: z.string().min(1).max(200), text: z.string().max(FILE_LIMIT) }))
    .max(FILES_LIMIT),
  attempts: z.array(attempt).max(ATTEMPTS_LIMIT),
});

/** A learner's data as a file. */
export const ownData = z.object({
  format: z.literal(FORMAT),
  exportedAt: time,
  labs: z.array(place).max(LABS_LIMIT),
});

/** What a learner did here: per lab, how far they are, their files, and their attempts with each verdict. */
export type OwnData = z.infer<typeof ownData>;

/** A learner's data as the file has it. */
export function writeOwnData(labs: OwnData['labs'], now: Date): OwnData {
  return { format: FORMAT, exportedAt: now.toISOString(), labs };
}
