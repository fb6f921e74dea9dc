import type { Action } from '../../lib/server/access';
import type { Class } from './classroom';
import type { Question } from './visitor';

/** How a route is asked for on the walk. */
interface Request {
  /** Its address with everything filled in; the rule's own path where nothing is to be filled in. */
  readonly at?: (place: Class) => string;
  readonly how?: Question;
  /** The route asks this with the facts of what it leads to, where its rule is the first question only. */
  readonly action?: Action;
  /** Statuses beyond 2xx and 3xx by which it says that it was reached. */
  readonly reached?: readonly number[];
}

const form = (...fields: readonly (readonly [string, string])[]): Question => ({
  method: 'POST',
  form: fields,
});
/** A form that lacks what it asks for is answered, and changes nothing. */
const EMPTY = { how: form() };
const inCohort =
  (rest: string) =>
  ({ cohort, assignment, workspace, attempt, learnerId }: Class): string =>
    `/cohorts/${cohort}${rest
      .replace('[assignment]', assignment)
      .replace('[workspace]', workspace)
      .replace('[attempt]', attempt)
      .replace('[user]', learnerId)}`;

/** How each route with something to fill in, or to send, is asked for. */
export const REQUESTS: Readonly<Record<string, Request>> = {
  '/chapters/[slug]': { at: () => '/chapters/clusterip' },
  '/labs/[track]/[slug]': { at: () => '/labs/harbour/lantern' },
  '/sandbox/run': { how: form(['chapter', 'none'], ['block', '0']), reached: [404] },
  // Nothing is kept of somebody unknown, who is told so.
  '/progress/export': { reached: [404] },
  '/progress/import': { how: { method: 'POST', form: [['nothing', '']], multipart: true } },
  '/cohorts/[id]': { at: inCohort('') },
  '/cohorts/[id]/assign': { at: inCohort('/assign') },
  '/cohorts/[id]/assign/[assignment]': { at: inCohort('/assign/[assignment]') },
  '/cohorts/[id]/people': { at: inCohort('/people') },
  '/cohorts/[id]/board': { at: inCohort('/board') },
  '/cohorts/[id]/board/events': {
    at: (place) => `${inCohort('/board/events')(place)}?work=${place.assignment}`,
  },
  '/cohorts/[id]/help': { at: inCohort('/help') },
  '/cohorts/[id]/work/[workspace]': { at: inCohort('/work/[workspace]') },
  '/cohorts/[id]/work/[workspace]/terminal': { at: inCohort('/work/[workspace]/terminal') },
  '/cohorts/[id]/attempts/[attempt]': { at: inCohort('/attempts/[attempt]') },
  '/cohorts/[id]/grades': { at: inCohort('/grades') },
  '/cohorts/[id]/grades/csv': { at: inCohort('/grades/csv') },
  '/cohorts/[id]/grades/statistics': { at: inCohort('/grades/statistics') },
  '/cohorts/[id]/grades/regrade/[assignment]': { at: inCohort('/grades/regrade/[assignment]') },
  '/cohorts/[id]/grades/[assignment]/[user]': { at: inCohort('/grades/[assignment]/[user]') },
  '/cohorts/[id]/audit': { at: inCohort('/audit') },
  // The whole cohort is for whoever leads it; the walk asks for that.
  '/cohorts/[id]/data/json': { at: inCohort('/data/json'), action: 'cohort.lead' },
  '/cohorts/[id]/data/[user]': { at: inCohort('/data/[user]') },
  '/cohorts/[id]/settings': { at: inCohort('/settings') },
  '/progress/attempts/[id]': {
    at: ({ attempt }) => `/progress/attempts/${attempt}`,
    action: 'workspace.use',
  },
  '/join/[code]': { at: ({ code }) => `/join/${code}` },
  // The script's own address is its content's: any other leads nowhere, for everybody.
  '/document/[file]': { at: () => '/document/none.js', reached: [404] },
  '/schemas/[file]': { at: () => '/schemas/kubernetes.json' },
  '/auth/sign-in': EMPTY,
  '/auth/sign-up': EMPTY,
  '/auth/forgot': EMPTY,
  '/auth/reset': EMPTY,
  '/auth/verify': EMPTY,
  '/auth/verify-again': EMPTY,
  '/auth/name': EMPTY,
  '/auth/email': EMPTY,
  '/auth/password': EMPTY,
  '/auth/end-session': EMPTY,
  '/auth/end-others': EMPTY,
  '/auth/bring-back': EMPTY,
  '/auth/delete': EMPTY,
  '/k8s/[key]/[...]': { at: ({ key }) => `/k8s/${key}/api/v1/namespaces` },
};

/** Routes that end what the walk needs (work, sessions): they are walked after all others, in this order. */
export const LAST = { '/progress/delete/confirmed': form(), '/auth/sign-out': form() } as const;
/** A line is no request; the walk opens one. */
export const LINES = ['/socket/[workspace]'] as const;
