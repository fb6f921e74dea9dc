import { watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type Course, LabError, readLab } from '../../labs';
import { type Proof, prove } from '../kit';
import { findCourse, findSource, labFolder, labKey, listSources } from '../lab-library';
import { type Found, type Piece, piecesOf } from './prove-pieces';
import { shareOut } from './share-out';

/** The flags of `portside lab check`. */
export interface CheckOptions {
  readonly seeds: number;
  /** One seed and no mutants: what an author wants while writing. */
  readonly quick?: boolean;
  readonly watch?: boolean;
  /** Where to write how many labs passed, as JSON. */
  readonly report?: string;
  readonly threads?: number;
}

/** An editor writes a file in several steps. */
const QUIET_MS = 60;

/**
 * Proves labs (all when none is named) and prints a table. Status 1 when a gate of any of them is not passed. A lab that
 * cannot be read is told, and the others are still proved.
 */
export async function checkLabs(slugs: readonly string[], options: CheckOptions): Promise<number> {
  if (options.watch) return watchLab(slugs);
  const sources = slugs.length > 0 ? await Promise.all(slugs.map(findSource)) : await listSources();
  const keys = sources.map(labKey);
  const pages = [...pagesOf(await courseOrNone())];
  const how = { seeds: options.quick ? 1 : options.seeds, mutants: !options.quick, pages };
  const pieces = keys.map((key) => piecesOf(key, how));
  const found = new Map<Piece, Found>();
  const threads = options.threads ?? availableParallelism();
  // The gates of every lab first: they take longest, and a table is told lab by lab.
  const inOrder = [...pieces.flatMap((own) => own.slice(0, 1)), ...pieces.flatMap((own) => own.slice(1))];
  await shareOut(inOrder, threads, (piece, outcome) => found.set(piece, outcome));
  const results = pieces.map((own) => joined(own.map((piece) => found.get(piece))));
  for (const { failures, proof } of results)
    for (const failure of failures) process.stdout.write(`✗ ${proof ? `${proof.slug}: ` : ''}${failure}\n`);
  print(
    results.flatMap(({ proof }) => proof ?? []),
    how.seeds,
  );
  const course = slugs.length > 0 ? undefined : await courseFailure();
  if (course !== undefined) process.stdout.write(`✗ ${course}\n`);
  const failed = results.filter(({ failures }) => failures.length > 0).length + (course ? 1 : 0);
  const passed = results.filter(({ failures }) => failures.length === 0).length;
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  if (options.report !== undefined) await writeFile(options.report, JSON.stringify({ passed, failed }));
  return failed === 0 ? 0 : 1;
}

interface Result {
  readonly proof: Proof | undefined;
  readonly failures: readonly string[];
}

/** What the pieces of one lab found, as one proof. */
function joined(pieces: readonly (Found | undefined)[]): Result {
  let proof: Proof | undefined;
  for (const found of pieces) {
    if (found?.kind === 'broken') return { proof: undefined, failures: [found.message] };
    if (found?.kind === 'proof') ({ proof } = found);
    if (found?.kind === 'seeds' && proof)
      proof = {
        ...proof,
        ms: proof.ms + found.ms,
        failures: [...proof.failures, ...found.failures],
      };
  }
  return { proof, failures: proof?.failures ?? ['was not proved'] };
}

async function courseOrNone(): Promise<Course | undefined> {
  try {
    return await findCourse();
  } catch (error) {
    if (error instanceof LabError) return undefined;
    throw error;
  }
}

async function courseFailure(): Promise<string | undefined> {
  try {
    await findCourse();
    return undefined;
  } catch (error) {
    if (error instanceof LabError) return `labs/${error.message}`;
    throw error;
  }
}

/** Addresses that lessons may link to. */
function pagesOf(course: Course | undefined): ReadonlySet<string> {
  const chapters = course?.chapters ?? [];
  return new Set([
    '/',
    '/chapters',
    '/glossary',
    '/sandbox',
    ...chapters.map(({ id }) => `/chapters/${id}`),
    ...chapters.flatMap(({ labs }) => labs.map((key) => `/labs/${key}`)),
  ]);
}

/** Proves one lab quickly, and again each time one of its files is saved. */
async function watchLab(slugs: readonly string[]): Promise<number> {
  const [slug, more] = slugs;
  if (slug === undefined || more !== undefined) {
    process.stderr.write('portside: --watch follows one lab; name it\n');
    return 2;
  }
  const source = await findSource(slug);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue = Promise.resolve();
  const again = () => {
    queue = queue.then(() => quickLook(slug));
  };
  again();
  const watcher = watch(labFolder(source), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(again, QUIET_MS);
  });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
  });
  watcher.close();
  await queue;
  return 0;
}

async function quickLook(slug: string): Promise<void> {
  const began = performance.now();
  try {
    const source = await findSource(slug);
    const lab = readLab(source);
    const pages = pagesOf(await courseOrNone());
    const { failures } = await prove(source, { seeds: 1, mutants: false, pages });
    for (const failure of failures) process.stdout.write(`✗ ${slug}: ${failure}\n`);
    const well = failures.length === 0;
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    process.stdout.write(`${well ? '✓' : '✗'} ${lab.slug} (${seconds} s)\n`);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stdout.write(`✗ ${slug}: ${error.message}\n`);
  }
}

const HEAD = [
  'LAB',
  'TASKS',
  'SOLUTIONS × SEEDS',
  'REWRITTEN',
  'MISTAKES',
  'MUTANTS KILLED',
  'SCORE',
  'CHEATS',
  'RESULT',
  'MS',
];

function print(proofs: readonly Proof[], seeds: number): void {
  const rows = proofs.map(({ slug, tasks, solutions, mistakes, equivalents, mutation, failures, ms }) => [
    slug,
    String(tasks),
    `${solutions} × ${seeds}`,
    equivalents ? String(equivalents.passed.length) : '-',
    String(mistakes),
    mutation
      ? `${mutation.killed.length} of ${mutation.killed.length + mutation.accepted.length + mutation.unexplained.length}`
      : '-',
    mutation ? `${(mutation.score * 100).toFixed(0)} %` : '-',
    mutation ? String(mutation.cheats.length) : '-',
    failures.length === 0 ? 'proved' : `${failures.length} wrong`,
    `${Math.round(ms)}`,
  ]);
  printTable([HEAD, ...rows]);
}

/** Prints rows in columns. */
export function printTable(table: readonly (readonly string[])[]): void {
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table) {
    const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    process.stdout.write(`${cells.join('   ').trimEnd()}\n`);
  }
}
