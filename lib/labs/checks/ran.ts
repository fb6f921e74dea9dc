import { z } from 'zod';
import type { Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { expressionSchema } from './expression';

const schema = z.strictObject({
  /** A regular expression over a command's words joined by blanks: `^kubectl .*describe .*svc`. */
  command: expressionSchema,
  /** What to do, in the author's words: shown when it was not seen. */
  because: z.string(),
  times: z.number().int().positive().default(1),
  /** Whether a command counts that ended with an error. */
  failed: z.enum(['counts', 'does-not-count']).default('does-not-count'),
});

/** A command was seen on the admin machine. */
export const ranCheck = defineCheck('ran', schema, async (fields, { commands }): Promise<Finding> => {
  const pattern = new RegExp(fields.command);
  const seen = commands.filter(
    ({ argv, status }) => pattern.test(argv.join(' ')) && (status === 0 || fields.failed === 'counts'),
  ).length;
  if (seen >= fields.times) return MET;
  return {
    outcome: 'not-met',
    reason: fields.because,
    expected: fields.times === 1 ? 'seen once' : `seen ${fields.times} times`,
    actual: seen === 0 ? 'not seen' : `seen ${seen === 1 ? 'once' : `${seen} times`}`,
  };
});
