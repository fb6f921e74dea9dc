import { cookies } from 'next/headers';
import { connection } from 'next/server';
import { AppError } from './app-error';
import { GUEST_COOKIE } from './guest-token';
import type { Guest } from './guests';
import { services } from './services';
import type { CourseView, LabCard, OpenLab, ProgressView } from './views';

export { APP_ERROR_STATUS, AppError, type AppErrorCode } from './app-error';
export { type ChapterBlock, chapterBlocks } from './chapter-blocks';
export { type Chapter, readChapters } from './chapter-library';
export { readGlossary, type Term } from './glossary';
export type { Guest } from './guests';
export { renderMarkdown } from './markdown';
export type {
  ApiKeyView,
  AttemptView,
  ClientMessage,
  ClusterChange,
  Inspection,
  Layout,
  ServerMessage,
  SolutionView,
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
