import { z } from 'zod';
import { createRandom, type Random, sha256Hex } from '../../base';
import { LabError } from './lab-error';

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be text, a number or a yes/no',
});
const NAME = /^[a-z][A-Za-z0-9]*$/;

/** One variable: picked from a list (of words, or of rows of words), or a number of a range. */
const variableSchema = z.union(
  [
    z.strictObject({
      /** A word, or a row such as `{ label: web-ap, port: 81 }`, used as `{{name.label}}`. */
      oneOf: z.array(z.union([scalar, z.record(z.string(), scalar)])).min(1),
      /** Variables whose value it must not share. */
      unlike: z.array(z.string()).default([]),
    }),
    z
      .strictObject({
        from: z.number().int(),
        to: z.number().int(),
        unlike: z.array(z.string()).default([]),
      })
      .refine(({ from, to }) => from <= to, {
        error: 'counts downwards: from must not be above to',
        path: ['from'],
      }),
  ],
  { error: 'must be { oneOf: […] } or { from: …, to: … }' },
);

/** `variables:` of `lab.yaml`: what each learner's seed decides. */
export const variablesSchema = z.record(
  z.string().regex(NAME, 'a variable is a word such as "app" or "nodePort"'),
  variableSchema,
);

/** Variables as declared. */
export type Variables = z.infer<typeof variablesSchema>;

/** What each `{{name}}` (or `{{name.field}}`) stands for. */
export type Values = Readonly<Record<string, string>>;

const TRIES = 50;

/** The values of one seed. Each variable has a chance of its own, so adding one leaves the others as they were. */
export function drawValues(lab: string, variables: Variables, seed: number): Values {
  const values: Record<string, string> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const random = createRandom(Number.parseInt(sha256Hex(`${lab} ${name} ${seed}`).slice(0, 8), 16));
    const taken = variable.unlike.map((other) => values[other]);
    const drawn = drawUnlike(variable, taken, random);
    if (drawn === undefined)
      throw new LabError(
        'lab.yaml',
        undefined,
        `variables.${name}: every value is taken by ${variable.unlike.join(', ')}`,
      );
    if (typeof drawn === 'object') {
      for (const [field, value] of Object.entries(drawn)) values[`${name}.${field}`] = String(value);
    } else values[name] = String(drawn);
  }
  return values;
}

function drawUnlike(variable: Variables[string], taken: readonly (string | undefined)[], random: Random) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const drawn = draw(variable, random);
    if (!taken.includes(String(drawn))) return drawn;
  }
  return undefined;
}

function draw(variable: Variables[string], random: Random) {
  if ('oneOf' in variable) return variable.oneOf[Math.floor(random.next() * variable.oneOf.length)];
  return variable.from + Math.floor(random.next() * (variable.to - variable.from + 1));
}

const PLACE = /\{\{\s*([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)?)\s*\}\}/g;

/** Puts values in the places of a text; an unknown name is a `LabError` with its line. */
export function fillIn(file: string, text: string, values: Values): string {
  return text.replace(PLACE, (_place, name: string, offset: number) => {
    const value = values[name];
    if (value !== undefined) return value;
    const line = text.slice(0, offset).split('\n').length;
    const known = Object.keys(values).join(', ') || 'none';
    throw new LabError(file, line, `{{${name}}} is no variable of this lab; there are: ${known}`);
  });
}

/** The text with each place filled by its own name: enough to read what does not depend on values. */
export const withNames = (text: string): string => text.replace(PLACE, (_place, name: string) => name);
