import { z } from 'zod';
import type { Finding } from '../seams';
import { defineCheck, firstUnmet, MET } from './check-kind';
import { expressionSchema } from './expression';

const schema = z.strictObject({
  /** Relative to the home folder. */
  path: z.string(),
  /** Texts (regular expressions, line by line) and whether each must be there. */
  lines: z
    .array(
      z
        .strictObject({
          has: expressionSchema.optional(),
          lacks: expressionSchema.optional(),
          because: z.string(),
        })
        .refine((line) => (line.has === undefined) !== (line.lacks === undefined), {
          error: 'needs has or lacks',
        }),
    )
    .default([]),
});

/** A file of the home folder is there and says (or does not say) something. */
export const fileCheck = defineCheck('file', schema, async (fields, evidence): Promise<Finding> => {
  const text = evidence.file(fields.path);
  if (text === undefined)
    return {
      outcome: 'not-met',
      reason: `There is no file ${fields.path} in the home folder.`,
      expected: fields.path,
      actual: 'no such file',
    };
  return firstUnmet(
    fields.lines.map(({ has, lacks, because }) => () => {
      const pattern = has ?? lacks ?? '';
      const found = new RegExp(pattern, 'm').exec(text)?.[0];
      if ((found !== undefined) === (has !== undefined)) return MET;
      return {
        outcome: 'not-met',
        reason: `${fields.path}: ${because}`,
        actual: found === undefined ? 'not there' : `"${found}" is there`,
      };
    }),
  );
});
