import type { AccountView, Person } from './accounts';
import { AppError } from './app-error';
import type { Cohorts } from './cohorts';
import type { FrontCluster } from './front-cluster';
import type { Guest } from './guests';
import type { ShownMail } from './mail';
import type { OwnData, OwnDataCount, Taken } from './own-data';
import type { CourseView, LabCard, OpenLab, PastAttempt, ProgressView } from './views';

/** What a learner may do with what is kept of them. */
export interface OwnDataServices {
  attempts(guest: Guest): Promise<{ readonly shown: readonly PastAttempt[]; readonly all: number }>;
  count(guest: Guest): Promise<OwnDataCount>;
  export(guest: Guest): Promise<OwnData>;
  import(guest: Guest, text: string): Promise<Taken>;
  delete(guest: Guest): Promise<void>;
}

/** What the running server lends to pages. */
export interface Services {
  readonly frontCluster: FrontCluster;
  readonly ownData: OwnDataServices;
  /** Who sent these cookies. */
  findPerson(cookies: string | undefined): Promise<Person | undefined>;
  /** What the person who sent these cookies is shown of their account. */
  account(cookies: string | undefined): Promise<AccountView | undefined>;
  /** Mails that were kept instead of sent; undefined where they are sent. */
  keptMails(): readonly ShownMail[] | undefined;
  /** Undefined when there is no such lab. Errors of ours do not cross: each side has its own class of them. */
  openLab(guest: Guest, track: string, slug: string): Promise<OpenLab | undefined>;
  /** The asking learner's place in an assignment; undefined when its lab is not kept. */
  openAssigned(guest: Guest, assignmentId: string): Promise<OpenLab | undefined>;
  /** A fork of the asking person's own; undefined when there is none of that id. */
  openFork(guest: Guest, workspaceId: string): Promise<OpenLab | undefined>;
  readonly cohorts: Cohorts;
  catalogue(): Promise<readonly LabCard[]>;
  /** Undefined when `labs/course.yaml` cannot be read. */
  course(): Promise<CourseView | undefined>;
  progressOf(guest: Guest): Promise<readonly ProgressView[]>;
  /** Does what a chapter's block says in the learner's sandbox; its address, or undefined for no such block. */
  runInSandbox(guest: Guest, chapter: string, block: number): Promise<string | undefined>;
}

/**
 * Next bundles pages apart from the custom server, so a module's own variable would exist twice. What must exist once
 * hangs here, and pages bundle none of it.
 */
const SLOT = Symbol.for('portside.services');
const slots = globalThis as { [SLOT]?: Services };

/** Makes the running server's services known to pages. */
export function provideServices(services: Services): void {
  slots[SLOT] = services;
}

/** The running server's services; pages that need them cannot be rendered without it. */
export function services(): Services {
  const found = slots[SLOT];
  if (found === undefined)
    throw new AppError('unavailable', 'This page is rendered by the running server (npm start).');
  return found;
}
