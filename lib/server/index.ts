import { cookies, headers } from 'next/headers';
import { connection } from 'next/server';
import { type Action, type Facts, may } from './access';
import type { AccountView, Person, Said } from './accounts';
import { APP_ERROR_STATUS, AppError } from './app-error';
import type { Cohorts } from './cohorts';
import type { Guest } from './guests';
import type { ShownMail } from './mail';
import { type OwnDataServices, services } from './services';
import type { CourseView, FrontPlay, LabCard, OpenLab, ProgressView } from './views';
import { readSaid, SAID_COOKIE } from './web/said-cookie';

export type { Action, Facts } from './access';
export type { AccountView, Person, Said } from './accounts';
export { PASSWORD_SHORTEST } from './accounts/password-rules';
export { APP_ERROR_STATUS, AppError } from './app-error';
export { chapterBlocks } from './chapter-blocks';
export { type Chapter, readChapters } from './chapter-library';
export type { BoardGroupView, BoardLine, BoardNews, BoardView } from './cohorts/board/board-views';
export type { GradeCell, WorkStatistics } from './cohorts/grades/grade-views';
export type { FollowNews } from './cohorts/help/follow-terminal';
export type { HandView } from './cohorts/help/help-views';
export type { Removal } from './cohorts/people/personal-data';
export { isStaff, may, type Role } from './cohorts/people/roles';
export type { RegradeView } from './cohorts/regrade/regrade-views';
export type { Recording } from './cohorts/replay/recording-views';
export type {
  AssignmentView,
  CohortCard,
  CohortView,
  OwnResult,
  PersonView,
} from './cohorts/views';
export { eventStream } from './event-stream';
export { readGlossary } from './glossary';
export type { Guest } from './guests';
export { renderMarkdown } from './markdown';

export type {
  ApiKeyView,
  Applied,
  AttemptView,
  ClassroomView,
  ClientMessage,
  DiffLine,
  Inspection,
  Layout,
  LiveDiff,
  ManifestProblem,
  MomentDiff,
  ObjectDiff,
  ReplyView,
  ServerMessage,
  SolutionRecording,
  SolutionView,
  TerminalTab,
  TimelineEntry,
  TracedView,
  VerdictView,
} from './protocol';
export {
  readSandboxSlug,
  SANDBOX_NODES,
  SANDBOX_SEEDS,
  SANDBOX_TRACK,
  sandboxSlug,
  sandboxWords,
} from './sandbox-lab';
export type {
  CourseView,
  FrontPlay,
  LabCard,
  LabView,
  OpenLab,
  PastAttempt,
  ProgressView,
} from './views';

/** Who is asking: a guest, or somebody with an account; undefined before the first visit to a lab. */
export async function currentPerson(): Promise<Person | undefined> {
  return services().findPerson((await headers()).get('cookie') ?? undefined);
}

/** Whether whoever asks may do that: a page offers nothing else. */
export async function askerMay(action: Action, facts: Facts = {}): Promise<boolean> {
  return may(await currentPerson(), action, facts);
}

/** Whoever is asking, when they may do that; `AppError` "not-found" otherwise, since what is not theirs is not there. */
export async function requirePerson(action: Action, facts: Facts = {}): Promise<Person> {
  const person = await currentPerson();
  if (person === undefined || !may(person, action, facts))
    throw new AppError('not-found', 'There is nothing here for you.');
  return person;
}

/** What whoever asks is shown of their account; `AppError` "not-found" without one. */
export async function currentAccount(): Promise<AccountView> {
  const view = await services().account((await headers()).get('cookie') ?? undefined);
  if (view === undefined) throw new AppError('not-found', 'There is nothing here for you.');
  return view;
}

/** Mails that were kept while developing, newest first; undefined where mails are sent. */
export async function keptMails(): Promise<readonly ShownMail[] | undefined> {
  await connection();
  return services().keptMails();
}

/** What came of the form that led to this page, if one did and it is that form. */
export async function saidOf(form: string): Promise<Said | undefined> {
  const said = readSaid((await cookies()).get(SAID_COOKIE)?.value);
  return said?.form === form ? said : undefined;
}

/** What people do with cohorts, asked by whoever asks. A refusal is an `AppError` of this side. */
export function cohorts(): Cohorts {
  const { cohorts: found } = services();
  return new Proxy(found, {
    get(target, name: keyof Cohorts) {
      const work = target[name] as (...rest: readonly unknown[]) => Promise<unknown>;
      return (...rest: readonly unknown[]) => refusedHere(work(...rest));
    },
  });
}

/** Whoever asks, who must be somebody: the server gives a cookie to every visitor of a page that needs one. */
export async function somebody(): Promise<Person> {
  await connection();
  const person = await currentPerson();
  if (person === undefined) throw new AppError('no-guest', 'Cookies are needed to know you again.');
  return person;
}

/** Next bundles pages apart, so the server's errors are of another class there. */
async function refusedHere<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { name, code, message } = error as Partial<AppError>;
    if (name !== 'AppError' || code === undefined) throw error;
    throw new AppError(code, message ?? '');
  }
}

/** The asking learner's place in an assigned lab. */
export async function openAssigned(assignmentId: string): Promise<OpenLab> {
  const guest = await somebody();
  const opened = await refusedHere(services().openAssigned(guest, assignmentId));
  if (opened === undefined)
    throw new AppError('not-found', 'That lab is not kept at the version that was assigned.');
  return opened;
}

/** A fork of somebody's work that the asking person made. */
export async function openFork(workspaceId: string): Promise<OpenLab> {
  const guest = await somebody();
  const opened = await services().openFork(guest, workspaceId);
  if (opened === undefined) throw new AppError('not-found', 'You have no such fork.');
  return opened;
}

/** The asking learner's place in a lab; `AppError` "not-found" when there is no such lab. */
export async function openLab(track: string, slug: string): Promise<OpenLab> {
  await connection();
  const guest = await currentPerson();
  // The server gives every visitor of a lab page a cookie before the page is rendered.
  if (guest === undefined) throw new AppError('no-guest', 'Cookies are needed to keep your place in a lab.');
  const opened = await services().openLab(guest, track, slug);
  if (opened === undefined) throw new AppError('not-found', `There is no lab ${track}/${slug}.`);
  return opened;
}

/** Every lab there is. */
export async function catalogue(): Promise<readonly LabCard[]> {
  await connection();
  return services().catalogue();
}

/** How the labs are ordered and what they train; an empty course when that cannot be read. */
export async function readCourseView(): Promise<CourseView> {
  await connection();
  return (await services().course()) ?? { chapters: [], skills: {} };
}

/** How far a learner is with every lab begun; nothing for somebody unknown. */
export async function progressFor(guest: Guest | undefined): Promise<readonly ProgressView[]> {
  await connection();
  return guest === undefined ? [] : services().progressOf(guest);
}

/** Does what a chapter's block says in the asking learner's sandbox and gives its address; `AppError` "not-found" for no such block. */
export async function runInSandbox(chapter: string, block: number): Promise<string> {
  const guest = await currentPerson();
  if (guest === undefined) throw new AppError('no-guest', 'Cookies are needed to keep a sandbox for you.');
  const address = await services().runInSandbox(guest, chapter, block);
  if (address === undefined) throw new AppError('not-found', 'There is no such block in that chapter.');
  return address;
}

/** The cluster on the front page after these moves; `AppError` for what is no move, and when there are too many. */
export async function playFrontCluster(moves: readonly string[]): Promise<FrontPlay> {
  await connection();
  return services().frontCluster.play(moves);
}

/** What the asking learner may do with what is kept of them; undefined for somebody unknown. */
export async function ownData(): Promise<
  { readonly [name in keyof OwnDataServices]: OmitGuest<OwnDataServices[name]> } | undefined
> {
  await connection();
  const guest = await currentPerson();
  if (guest === undefined) return undefined;
  const own = services().ownData;
  return {
    attempts: () => own.attempts(guest),
    count: () => own.count(guest),
    export: () => own.export(guest),
    import: (text) => own.import(guest, text),
    delete: () => own.delete(guest),
  };
}

type OmitGuest<F> = F extends (guest: Guest, ...rest: infer R) => infer Result
  ? (...rest: R) => Result
  : never;

/** A refusal that a person may read, with HTTP's word for it; undefined for any other error. The server's class is not ours. */
export function refusalOf(error: unknown): { readonly message: string; readonly status: number } | undefined {
  // By its name: a bundle has classes of its own, and calls them otherwise.
  if (!(error instanceof Error) || error.name !== 'AppError' || !('code' in error)) return undefined;
  const status = Object.entries(APP_ERROR_STATUS).find(([code]) => code === error.code)?.[1];
  return status === undefined ? undefined : { message: error.message, status };
}
