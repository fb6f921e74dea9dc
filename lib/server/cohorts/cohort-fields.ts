import { z } from 'zod';
import { AppError } from '../app-error';
import { HINT_POLICIES, SOLUTION_POLICIES } from './assignments/policies';
import { isTimeZone, readLocalTime } from './time-zone';
import type { CohortFields } from './views';

const NAME_LIMIT = 120;

const schema = z.object({
  name: z.string().trim().min(1, 'A cohort needs a name.').max(NAME_LIMIT, 'That name is too long.'),
  timeZone: z.string().refine(isTimeZone, 'That is no time zone; they are called like Europe/Berlin.'),
  starts: z.string(),
  ends: z.string(),
  hints: z.enum(HINT_POLICIES),
  solutions: z.enum(SOLUTION_POLICIES),
});

/** Reads a cohort's form. */
export function readCohortFields(fields: CohortFields) {
  const { name, timeZone, starts, ends, hints, solutions } = parsed(schema, fields);
  const startsAt = readLocalTime(starts, timeZone) ?? null;
  const endsAt = readLocalTime(ends, timeZone) ?? null;
  if (startsAt !== null && endsAt !== null && endsAt <= startsAt)
    throw new AppError('invalid', 'A cohort ends after it starts.');
  return { name, timeZone, startsAt, endsAt, hints, solutions };
}

/** What a schema makes of a form; its first complaint as a refusal. */
export function parsed<T>(schema: z.ZodType<T>, fields: unknown): T {
  const found = schema.safeParse(fields);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new AppError('invalid', issue?.message ?? 'The form was not understood.');
}
