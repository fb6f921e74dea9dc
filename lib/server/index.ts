import { cookies } from 'next/headers';
import { connection } from 'next/server';
import { AppError } from './app-error';
import type { Cohorts } from './cohorts';
import { GUEST_COOKIE } from './guest-token';
import type { Guest } from './guests';
import { services } from './services';
import type { CourseView, LabCard, OpenLab, ProgressView } from './views';

export { APP_ERROR_STATUS, AppError, type AppErrorCode } from './app-error';
export { type ChapterBlock, chapterBlocks } from './chapter-blocks';
export { type Chapter, readChapters } from './chapter-library';
export type { BoardGroupView, BoardLine, BoardView } from './cohorts/board-views';
export type { FollowNews } from './cohorts/follow-terminal';
export type { ForkDiff, HandView, WorkView } from './cohorts/help-views';
export { isStaff, may, type Role } from './cohorts/roles';
export type {
  AssignmentView,
  AuditLine,
  CohortCard,
  CohortView,
  OwnResult,
  PersonView,
} from './cohorts/views';
export { readGlossary, type Term } from './glossary';
export type { Guest } from './guests';
export { renderMarkdown } from './markdown';
export type {
  ApiKeyView,
  AttemptView,
  ClassroomView,
  ClientMessage,
  ClusterChange,
  DiffLine,
  Inspection,
  Layout,
  MomentDiff,
  NoteView,
  ObjectDiff,
  ReplyView,
  ServerMessage,
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
export type { CourseView, LabCard, LabView, OpenLab, ProgressView } from './views';

/** Who is asking, by the cookie; undefined before the first visit to a lab. */
export async function currentGuest(): Promise<Guest | undefined> {
  const token = (await cookies()).get(GUEST_COOKIE)?.value;
  return services().findGuest(token);
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
export async function somebody(): Promise<Guest> {
  await connection();
  const guest = await currentGuest();
  if (guest === undefined) throw new AppError('no-guest', 'Cookies are needed to know you again.');
  return guest;
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
  const guest = await currentGuest();
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
  const guest = await currentGuest();
  if (guest === undefined) throw new AppError('no-guest', 'Cookies are needed to keep a sandbox for you.');
  const address = await services().runInSandbox(guest, chapter, block);
  if (address === undefined) throw new AppError('not-found', 'There is no such block in that chapter.');
  return address;
}
