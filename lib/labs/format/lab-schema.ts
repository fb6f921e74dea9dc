import { z } from 'zod';
import { checkKinds, oneCheckSchema } from '../checks';
import { defineCheck, MET } from '../checks/check-kind';
import { clusterSchema } from './cluster-schema';
import { variablesSchema } from './variables';

/** A short name in lower case: ids, folders, checks. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const text = z.string().min(1, 'must not be empty');

/** `play: NAME` stands for the scenario in `private/scenarios/NAME.yaml`. */
const playKind = defineCheck('play', slugSchema, async () => MET);

/** Several messages match by the same trigger; a hint without `when` is always there, and opened in order. */
const hintSchema = z.strictObject({
  task: slugSchema,
  text,
  /** Shown as soon as a verdict is like this. */
  when: z
    .strictObject({
      check: slugSchema,
      /** A piece of the reason. */
      says: z.string().optional(),
      /** A piece of where the request stopped (the last hop). */
      stopsAt: z.string().optional(),
    })
    .optional(),
});

const taskSchema = z.strictObject({
  id: slugSchema,
  title: text,
  text,
  /** `hold`: true now. `latch`: once it was true, it stays met. */
  judged: z.enum(['hold', 'latch']).default('hold'),
  /** Tasks that come first; this one is not judged before they are met. */
  needs: z.array(slugSchema).default([]),
  weight: z.number().positive().default(1),
  /** Ticked while the learner works, as far as its checks only look. */
  live: z.boolean().default(false),
  checks: z.array(oneCheckSchema([...checkKinds, playKind], true)).min(1, 'needs at least one check'),
});

/** `lab.yaml`, as an author writes it. A check is `{ name, <type>: {…} }`. */
export const labSchema = z.strictObject({
  /** Never changed once learners have begun the lab. */
  id: slugSchema,
  title: text,
  summary: text,
  aims: z.array(text).min(1, 'needs at least one aim'),
  /** What it trains, and what it needs: names of the skills map in `labs/course.yaml`. */
  skills: z.array(slugSchema).default([]),
  prerequisites: z.array(slugSchema).default([]),
  minutes: z.number().int().positive(),
  /** A base: `labs/bases/NAME/`, whose cluster, objects and files come first. */
  extends: slugSchema.optional(),
  cluster: clusterSchema.default({}),
  variables: variablesSchema.default({}),
  steps: z
    .array(z.strictObject({ id: slugSchema, title: text, file: z.string() }))
    .min(1, 'needs at least one step'),
  tasks: z.array(taskSchema).min(1, 'needs at least one task'),
  hints: z.array(hintSchema).default([]),
  /** When a learner may look at the solutions: when passed (or given up after so many attempts). */
  solutions: z.strictObject({ afterAttempts: z.number().int().positive().optional() }).default({}),
});

/** `base.yaml` of a base. */
export const baseSchema = z.strictObject({ summary: text, cluster: clusterSchema.default({}) });

/** The part of `lab.yaml` that is read before variables have values. */
export const variablesOnlySchema = z.looseObject({ id: slugSchema, variables: variablesSchema.default({}) });
