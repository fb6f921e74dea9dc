/** Whoever asks, as far as rights go; undefined is somebody without a cookie. */
export interface Asker {
  readonly id: string;
  readonly isGuest: boolean;
  readonly roles: readonly ('author' | 'instructor' | 'administrator')[];
}

/** What somebody is in one cohort. */
export type CohortRole = 'learner' | 'assistant' | 'instructor';

/** What a decision may depend on beside who asks. */
export interface Facts {
  /** Whose workspace, attempt or account it is. */
  readonly ownerId?: string | undefined;
  /** What the asker is in the cohort that it belongs to; undefined for a stranger. */
  readonly cohortRole?: CohortRole | undefined;
  /** The owner has agreed to be watched now. */
  readonly consented?: boolean | undefined;
}

/** Why something is refused: sign in first; an account is needed; it is another's; the role is missing. */
export type Refusal = 'nobody' | 'guest' | 'not-yours' | 'role';

/** The answer to whether something may be done. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly because: Refusal };

type Rule = (asker: Asker | undefined, facts: Facts) => Decision;

const YES: Decision = { allowed: true };
const no = (because: Refusal): Decision => ({ allowed: false, because });

const anyone: Rule = () => YES;
/** With a cookie: guest or account. */
const known: Rule = (asker) => (asker === undefined ? no('nobody') : YES);
/** With an account. */
const signedIn: Rule = (asker) => {
  if (asker === undefined) return no('nobody');
  return asker.isGuest ? no('guest') : YES;
};
const owner: Rule = (asker, { ownerId }) => {
  if (asker === undefined) return no('nobody');
  return asker.id === ownerId ? YES : no('not-yours');
};
const role =
  (...roles: readonly Asker['roles'][number][]): Rule =>
  (asker, facts) => {
    const first = signedIn(asker, facts);
    if (!first.allowed) return first;
    return roles.some((each) => asker?.roles.includes(each)) ? YES : no('role');
  };
/** Somebody of the cohort; an administrator stands in for an instructor everywhere. */
const inCohort =
  (...roles: readonly CohortRole[]): Rule =>
  (asker, facts) => {
    const first = signedIn(asker, facts);
    if (!first.allowed) return first;
    const held = asker?.roles.includes('administrator') ? 'instructor' : facts.cohortRole;
    if (held === undefined) return no('not-yours');
    return roles.includes(held) ? YES : no('role');
  };
const both =
  (...rules: readonly Rule[]): Rule =>
  (asker, facts) =>
    rules.map((rule) => rule(asker, facts)).find(({ allowed }) => !allowed) ?? YES;
const consented: Rule = (_asker, facts) => (facts.consented === true ? YES : no('not-yours'));

/** Everything that can be done here, and who may: on one axis content, on the other people. */
const RULES = {
  /** Chapters, lists, forms to sign in. */
  'page.read': anyone,
  /** Beginning labs and looking at one's own place in them. */
  'lab.work': known,
  /** A workspace's terminal, files, checks, keys and layout. */
  'workspace.use': owner,
  /** Trying things on a fork of a learner's workspace; replaying an attempt. */
  'workspace.fork': inCohort('assistant', 'instructor'),
  /** Looking on while a learner types. */
  'workspace.follow': both(inCohort('assistant', 'instructor'), consented),
  /** One's own name, address, password, sessions and data. */
  'account.manage': signedIn,
  /** Writing and previewing labs, solutions and mistakes in view. */
  'lab.author': role('author'),
  'cohort.create': role('instructor', 'administrator'),
  /** Joining by a code or a link. */
  'cohort.join': signedIn,
  /** Assignments, deadlines, one's own results. */
  'cohort.see': inCohort('learner', 'assistant', 'instructor'),
  /** The board, the queue of raised hands, everybody's results. */
  'cohort.assist': inCohort('assistant', 'instructor'),
  /** Labs, dates, people, overrides, regrading, exports, archiving. */
  'cohort.lead': inCohort('instructor'),
  /** Everybody's roles, the audit log of the place. */
  'place.run': role('administrator'),
} as const satisfies Readonly<Record<string, Rule>>;

/** Something that can be done. */
export type Action = keyof typeof RULES;

/** Everything that can be done. */
export const ACTIONS = Object.keys(RULES) as readonly Action[];

/** Whether somebody may do something: the one place that decides. */
export function decide(asker: Asker | undefined, action: Action, facts: Facts = {}): Decision {
  return RULES[action](asker, facts);
}

/** `decide`, when the reason does not matter. */
export function may(asker: Asker | undefined, action: Action, facts: Facts = {}): boolean {
  return decide(asker, action, facts).allowed;
}
