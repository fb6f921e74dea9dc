import { z } from 'zod';
import type { Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { expressionSchema } from './expression';

const schema = z
  .strictObject({
    /** The `id` of a `:::quiz` of the lesson. */
    question: z.string(),
    /** The letter of the right choice, … */
    answer: z
      .string()
      .regex(/^[a-z]$/)
      .optional(),
    /** … or what a written answer must match (a regular expression; case is passed over). */
    matches: expressionSchema.optional(),
    /** What to say to a wrong choice, by letter; `other` for any other answer. Never the answer itself. */
    because: z.record(z.string(), z.string()).default({}),
  })
  .refine((fields) => (fields.answer === undefined) !== (fields.matches === undefined), {
    error: 'needs answer or matches',
  });

/** Where answers are kept: a file each, in the home folder. */
export const answerPath = (question: string): string => `answers/${question}.txt`;

/** A question of the lesson is answered rightly. */
export const quizCheck = defineCheck('quiz', schema, async (fields, evidence): Promise<Finding> => {
  const given = evidence.file(answerPath(fields.question))?.trim();
  if (given === undefined || given === '')
    return {
      outcome: 'not-met',
      reason: `The question "${fields.question}" of the lesson is not answered yet.`,
    };
  const right =
    fields.answer === undefined
      ? new RegExp(`^(?:${fields.matches})$`, 'i').test(given)
      : given.toLowerCase() === fields.answer;
  if (right) return MET;
  const why = fields.because[given.toLowerCase()] ?? fields.because.other;
  return {
    outcome: 'not-met',
    reason: why ?? `The answer to "${fields.question}" is not right.`,
    actual: given.slice(0, 120),
  };
});
