import type { Role } from './people/roles';

/** A cohort as lists show it. Times everywhere are RFC 3339. */
export interface CohortCard {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly archived: boolean;
  readonly learners: number;
  readonly assignments: number;
  /** The names of those who teach it. */
  readonly staff: readonly string[];
}

/** What an instructor sets of a cohort; times as forms have them, in its time zone. */
export interface CohortFields {
  readonly name: string;
  readonly timeZone: string;
  readonly starts: string;
  readonly ends: string;
  readonly hints: string;
  readonly solutions: string;
}

/** A cohort's page. */
export interface CohortView extends CohortCard {
  readonly timeZone: string;
  readonly hints: string;
  readonly solutions: string;
  /** Staff only: what learners join by. */
  readonly code: string | null;
  readonly work: readonly AssignmentView[];
}

/** An assignment as its cohort's page shows it; `own` is the asking learner's part. */
export interface AssignmentView {
  readonly id: string;
  readonly track: string;
  readonly slug: string;
  readonly title: string;
  readonly minutes: number;
  readonly tasks: number;
  readonly opensAt: string | null;
  /** With the asking learner's extension. */
  readonly dueAt: string | null;
  readonly points: number;
  /** The late rule in a sentence. */
  readonly late: string;
  readonly open: boolean;
  /** The catalogue has another version by now. */
  readonly newer: boolean;
  readonly own: OwnResult;
}

/** How an assignment stands for one learner. */
export interface OwnResult {
  readonly state: 'not begun' | 'begun' | 'passed';
  readonly points: number | null;
  readonly late: boolean;
  readonly extended: boolean;
  /** Why points differ from what was earned. */
  readonly override: string | null;
  readonly comments: readonly { readonly text: string; readonly by: string; readonly at: string }[];
  readonly attempts: readonly {
    readonly id: string;
    readonly at: string;
    readonly passed: boolean;
    readonly counts: boolean;
  }[];
}

/** A member, or somebody expected. */
export interface PersonView {
  /** The user's id; a roster entry's when they have not come yet. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly reference: string;
  readonly role: Role;
  readonly joinedAt: string | null;
  /** The way in for somebody expected: "CODE-token". */
  readonly invite: string | null;
}

/** What somebody with a code is told before joining. */
export interface InviteView {
  readonly cohortId: string;
  readonly cohort: string;
  readonly staff: readonly string[];
  readonly role: Role;
  /** As the roster has it. */
  readonly name: string;
  readonly member: boolean;
}

/** A cohort that expects whoever asks, by the address that they have proved to be theirs. */
export interface ExpectedView {
  /** The page on which they join. */
  readonly href: string;
  readonly cohort: string;
  /** As the roster has it. */
  readonly name: string;
  readonly role: Role;
}

/** An assignment as its form has it; times in the cohort's time zone. */
export interface AssignmentFields {
  readonly opens: string;
  readonly due: string;
  readonly points: string;
  readonly late: string;
  readonly percent: string;
  readonly atLeast: string;
}

/** One line of the audit log. */
export interface AuditLine {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: readonly string[];
}

/** What the lab page says of the assignment that it belongs to. */
export interface AssignedView {
  readonly assignmentId: string;
  readonly cohortId: string;
  readonly cohort: string;
  /** RFC 3339, with the learner's extension. */
  readonly dueAt: string | null;
  readonly timeZone: string;
  readonly points: number;
}

/** What the page of a fork says of where it came from. */
export interface ForkedView {
  readonly learner: string;
  /** The page from which notes and patches are sent. */
  readonly href: string;
}
