import { z } from 'zod';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const text = z.string().min(1);

/** `lab.yaml`, as an author writes it. A check is `{name, <type>: {…}}`. */
export const labSchema = z.strictObject({
  id: slug,
  title: text,
  summary: text,
  aims: z.array(text).min(1),
  minutes: z.number().int().positive(),
  cluster: z
    .strictObject({
      nodes: z.number().int().min(1).max(10).default(3),
      images: z.enum(['catalogue', 'any']).default('catalogue'),
      cloud: z.enum(['none', 'aws']).default('none'),
    })
    .prefault({}),
  steps: z.array(z.strictObject({ id: slug, title: text, file: text })).min(1),
  tasks: z
    .array(
      z.strictObject({
        id: slug,
        title: text,
        text,
        checks: z.array(z.looseObject({ name: slug })).min(1),
      }),
    )
    .min(1),
  hints: z.array(z.strictObject({ task: slug, text })).default([]),
});

/** One file of `private/mistakes/`. */
export const mistakeSchema = z.strictObject({
  name: text,
  task: slug,
  check: slug,
  /** A piece of the reason that must be shown. */
  says: text,
  script: text,
});
