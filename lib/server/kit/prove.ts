import { type Lab, type LabSource, readLab } from '../../labs';
import { type EquivalentReport, gateEquivalents } from './equivalents';
import { gateLesson } from './gate-lesson';
import { gateMistakes } from './gate-mistakes';
import { gatePrivacy } from './gate-privacy';
import { gateProse } from './gate-prose';
import { gateCount, gateSeeds } from './gate-solutions';
import { gateStart } from './gate-start';
import { type MutationReport, mutate, mutationFailures } from './mutants';
import { startOf } from './play';

/** How thoroughly a lab is proved. */
export interface ProofOptions {
  /** How many seeds each solution is tried with. */
  readonly seeds: number;
  /** Also rewritten solutions, mutants and cheats. */
  readonly mutants: boolean;
  /** Addresses of pages that lessons may link to. */
  readonly pages: ReadonlySet<string>;
}

/** What proving one lab found. */
export interface Proof {
  readonly slug: string;
  readonly tasks: number;
  readonly solutions: number;
  readonly mistakes: number;
  readonly seeds: number;
  /** Solutions written otherwise, and mutants: left out when only a quick look was asked for. */
  readonly equivalents: EquivalentReport | undefined;
  readonly mutation: MutationReport | undefined;
  readonly failures: readonly string[];
  readonly ms: number;
}

/** One of the gates that every look at a lab puts it through. */
export interface Gate {
  readonly name: string;
  /** What is wrong; nothing when it is passed. */
  judge(): Promise<readonly string[]> | readonly string[];
}

/** The gates, cheapest first, so that whoever waits for a complaint waits least. */
export function gatesOf(
  source: LabSource,
  lab: Lab,
  pages: ReadonlySet<string>,
  seeds: number,
): readonly Gate[] {
  return [
    { name: 'prose', judge: () => gateProse(lab, pages) },
    { name: 'counts', judge: () => gateCount(lab) },
    { name: 'privacy', judge: () => gatePrivacy(source) },
    { name: 'start', judge: async () => gateStart(lab, await startOf(lab)) },
    { name: 'lesson', judge: async () => gateLesson(lab, await startOf(lab)) },
    { name: 'solutions', judge: () => gateSeeds(source, { from: 1, to: seeds }) },
    { name: 'mistakes', judge: async () => gateMistakes(lab, await startOf(lab)) },
  ];
}

/** What the gates, the rewritten solutions and the mutants of a lab found, each proved where there was time for it. */
export interface Findings {
  readonly failures: readonly string[];
  readonly equivalents?: EquivalentReport | undefined;
  readonly mutation?: MutationReport | undefined;
  readonly ms: number;
}

/** What was found of a lab as one proof. */
export function proofOf(
  { slug, tasks, solutions, mistakes }: Lab,
  seeds: number,
  { failures, equivalents, mutation, ms }: Findings,
): Proof {
  return {
    slug,
    tasks: tasks.length,
    solutions: solutions.length,
    mistakes: mistakes.length,
    seeds,
    equivalents,
    mutation,
    failures: [
      ...failures,
      ...(equivalents?.failures ?? []),
      ...(mutation ? mutationFailures(mutation) : []),
    ],
    ms,
  };
}

/** What the gates that every look puts a lab through find wrong with it. */
export async function gateFailures(
  source: LabSource,
  lab: Lab,
  pages: ReadonlySet<string>,
  seeds: number,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const gate of gatesOf(source, lab, pages, seeds)) failures.push(...(await gate.judge()));
  return failures;
}

/** Puts a lab through every gate. What cannot be read throws `LabError`. */
export async function prove(source: LabSource, { seeds, mutants, pages }: ProofOptions): Promise<Proof> {
  const began = performance.now();
  const lab = readLab(source);
  const start = await startOf(lab);
  const failures = await gateFailures(source, lab, pages, seeds);
  const equivalents = mutants ? await gateEquivalents(lab, start) : undefined;
  const mutation = mutants ? await mutate(lab, start) : undefined;
  return proofOf(lab, seeds, { failures, equivalents, mutation, ms: performance.now() - began });
}
