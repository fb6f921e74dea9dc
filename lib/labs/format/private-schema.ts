import { z } from 'zod';
import { slugSchema } from './lab-schema';

const text = z.string().min(1, 'must not be empty');

/** One file of `private/mistakes/`. */
export const mistakeSchema = z.strictObject({
  name: text,
  /** Where it must stop, … */
  task: slugSchema,
  check: slugSchema,
  /** … and a piece of the reason that must be shown. */
  says: text,
  /** A solution that is run first: then the script only spoils it. */
  after: slugSchema.optional(),
  script: text,
});

/** `private/survivors.yaml`: mutants of the solution that pass, and why they may. */
export const survivorsSchema = z.array(
  z.strictObject({
    /** The mutant's name as `portside lab mutate` prints it; `*` stands for anything. */
    mutant: text,
    /** `free`: the task leaves this open, so it is no mistake. `accepted`: a mistake that this lab does not look for. */
    verdict: z.enum(['free', 'accepted']),
    why: text,
  }),
);

/** `private/unequal.yaml`: rewritten solutions that need not pass, and why. */
export const unequalSchema = z.array(z.strictObject({ rewrite: text, why: text }));
