import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Class, WORK } from './classroom';
import { nameOf, type Walker } from './people';
import { PRIVATE } from './planted-labs';
import { type Answer, linksOf, type Visitor } from './visitor';

const STAFF: readonly Walker[] = ['assistant', 'instructor', 'administrator'];
const THEIRS: readonly Walker[] = ['learner', ...STAFF];
const CLASS: readonly Walker[] = ['classmate', ...THEIRS];

/** Every planted string, and the only ones who may come upon it. */
export const PLANTED: readonly (readonly [text: string, who: readonly Walker[]])[] = [
  // Told to whoever has passed; staff see it where they look at that attempt.
  [PRIVATE.debrief, ['classmate', ...STAFF]],
  [PRIVATE.solution, ['classmate']],
  ...[
    PRIVATE.mistake,
    PRIVATE.mistakeScript,
    PRIVATE.scenario,
    PRIVATE.start,
    PRIVATE.step,
    PRIVATE.survivor,
  ].map((text) => [text, []] as const),
  ...[WORK.file, WORK.typed, WORK.question, WORK.reply, WORK.reason, WORK.comment].map(
    (text) => [text, THEIRS] as const,
  ),
  [WORK.rosterMail, STAFF],
  [WORK.rosterReference, STAFF],
  [WORK.cohort, CLASS],
  [nameOf('learner'), THEIRS],
  ['planted-mail-learner', THEIRS],
  [nameOf('classmate'), ['classmate', ...STAFF]],
  ['planted-mail-classmate', ['classmate', ...STAFF]],
  [nameOf('stranger'), ['stranger', 'other instructor', 'administrator']],
  ['planted-mail-stranger', ['stranger', 'other instructor', 'administrator']],
];

/** Planted strings in a text that this walker must not see. */
export function leaksIn(text: string, walker: Walker): readonly string[] {
  return PLANTED.filter(([planted, who]) => !who.includes(walker) && text.includes(planted)).map(
    ([planted]) => planted,
  );
}

/** Moves on the front page lead on to moves, are nobody's, and have no end. */
const MOVES = /^\/\?.*\bmove/;
/** Pages that are the same for everybody are walked by one. */
const SAME_FOR_ALL = /^\/(chapters|glossary|skills|_next|schemas|sandbox|icon)/;
const MOST_PAGES = 60;
/** A page has in it what scripts would fetch for it; that they fetch no more is looked into for one. */
const DATA_WALKER: Walker = 'classmate';
/** Pages about somebody, of which scripts fetch the data apart. */
const OF_SOMEBODY = /^\/(cohorts|labs\/|progress|account)/;

/** Walks every page that a walker can come to by links, as a page and as the data that scripts fetch for it. */
export async function crawl(visitor: Visitor, walker: Walker, place: Class): Promise<readonly Answer[]> {
  const seen = new Set<string>();
  const answers: Answer[] = [];
  const waiting = ['/', '/labs', '/cohorts', '/progress', '/account', ...guesses(place)];
  for (let path = waiting.shift(); path !== undefined && seen.size < MOST_PAGES; path = waiting.shift()) {
    if (seen.has(path) || (walker !== 'visitor' && SAME_FOR_ALL.test(path)) || path.startsWith('/_next'))
      continue;
    seen.add(path);
    const page = await visitor.ask(path);
    answers.push(page);
    if (walker === DATA_WALKER && OF_SOMEBODY.test(path))
      answers.push(await visitor.ask(path, { headers: { RSC: '1' } }));
    waiting.push(...linksOf(page).filter((link) => !MOVES.test(link)));
  }
  return answers;
}

/** Addresses that somebody might try who has heard of them. */
function guesses({ cohort, assignment, workspace, attempt, learnerId }: Class): readonly string[] {
  return [
    `/labs/harbour/lantern?assignment=${assignment}`,
    `/labs/harbour/lantern?workspace=${workspace}`,
    `/progress/attempts/${attempt}`,
    `/cohorts/${cohort}/data/json?user=${learnerId}`,
    '/labs/harbour/lantern/private/debrief.md',
    '/labs/harbour/lantern/lab.yaml',
    '/progress/export',
    '/auth/data',
  ];
}

const ROOT = join(__dirname, '../..');
/** A run of words that stands for a private file in a bundle, where quotes and ends of lines are written otherwise. */
const RUN = /[A-Za-z0-9 ,.=-]{30,}/g;

/** For each private file of our own labs a piece of it that stands in no public one. */
export function piecesOfPrivateFiles(): readonly { readonly path: string; readonly piece: string }[] {
  const labs = join(ROOT, 'labs');
  const paths = readdirSync(labs, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(ya?ml|sh|md)$/.test(path),
  );
  const isPrivate = (path: string) => path.includes('/private/');
  const open = paths
    .filter((path) => !isPrivate(path))
    .map((path) => readFileSync(join(labs, path), 'utf8'))
    .join('\n');
  return paths.filter(isPrivate).flatMap((path) => {
    const runs = (readFileSync(join(labs, path), 'utf8').match(RUN) ?? []).map((run) => run.trim());
    const [piece] = runs
      .filter((run) => run.length >= 30 && !open.includes(run))
      .sort((a, b) => b.length - a.length);
    return piece === undefined ? [] : [{ path, piece }];
  });
}

/** All that browsers are given of the build. */
export function bundles(): string {
  const folder = join(ROOT, '.next/static');
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|json|map|html|txt)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}
