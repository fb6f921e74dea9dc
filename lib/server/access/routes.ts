import type { Action } from './decide';

/** A route and what using it is. A part in brackets stands for any one part of a path, `[...]` for all that follow. */
export interface RouteRule {
  readonly path: string;
  readonly action: Action;
  /**
   * The route itself asks `decide` once more, with the facts of what it leads to: whose it is, which cohort. Before
   * that only whoever could be allowed at all is let through.
   */
  readonly withFacts?: boolean;
  /** There is no such page in production. */
  readonly devOnly?: boolean;
  /** A document: the page is whole as HTML, and is sent without React (`web/documents`). */
  readonly document?: boolean;
}

/** Every route there is, pages first. A route without a line here is not served. */
export const ROUTE_RULES: readonly RouteRule[] = [
  { path: '/', action: 'page.read', document: true },
  { path: '/chapters', action: 'page.read', document: true },
  { path: '/chapters/[slug]', action: 'page.read', document: true },
  { path: '/glossary', action: 'page.read', document: true },
  { path: '/labs', action: 'page.read', document: true },
  { path: '/labs/[track]/[slug]', action: 'lab.work' },
  { path: '/sandbox', action: 'page.read', document: true },
  // A chapter's block, sent to be run in the asking learner's sandbox.
  { path: '/sandbox/run', action: 'lab.work' },
  { path: '/skills', action: 'page.read', document: true },
  // The script of pages that are documents.
  { path: '/document/[file]', action: 'page.read' },
  // The asker's own, and empty for somebody unknown; what is brought makes a guest of them.
  { path: '/progress', action: 'page.read', document: true },
  { path: '/progress/export', action: 'page.read' },
  { path: '/progress/import', action: 'lab.work' },
  { path: '/progress/delete', action: 'page.read', document: true },
  { path: '/progress/delete/confirmed', action: 'page.read' },
  { path: '/cohorts', action: 'account.manage' },
  { path: '/cohorts/new', action: 'cohort.create' },
  { path: '/cohorts/[id]', action: 'cohort.see', withFacts: true },
  { path: '/cohorts/[id]/assign', action: 'cohort.lead', withFacts: true },
  { path: '/cohorts/[id]/assign/[assignment]', action: 'cohort.lead', withFacts: true },
  { path: '/cohorts/[id]/people', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/board', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/board/events', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/help', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/work/[workspace]', action: 'cohort.assist', withFacts: true },
  // Output comes only once the learner has agreed; to wait for that one need not.
  { path: '/cohorts/[id]/work/[workspace]/terminal', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/attempts/[attempt]', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/grades', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/grades/csv', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/grades/statistics', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/grades/regrade/[assignment]', action: 'cohort.lead', withFacts: true },
  { path: '/cohorts/[id]/grades/[assignment]/[user]', action: 'cohort.assist', withFacts: true },
  { path: '/cohorts/[id]/audit', action: 'cohort.lead', withFacts: true },
  // A learner takes along what is kept of them.
  { path: '/cohorts/[id]/data/json', action: 'cohort.see', withFacts: true },
  { path: '/cohorts/[id]/data/[user]', action: 'cohort.lead', withFacts: true },
  { path: '/progress/attempts/[id]', action: 'lab.work', withFacts: true },
  { path: '/cohorts/[id]/settings', action: 'cohort.lead', withFacts: true },
  { path: '/join/[code]', action: 'cohort.join' },
  { path: '/sign-in', action: 'page.read', document: true },
  { path: '/sign-up', action: 'page.read', document: true },
  { path: '/forgot', action: 'page.read', document: true },
  { path: '/reset', action: 'page.read', document: true },
  { path: '/account', action: 'account.manage', document: true },
  { path: '/dev/mail', action: 'page.read', devOnly: true },
  { path: '/robots.txt', action: 'page.read' },
  { path: '/icon.svg', action: 'page.read' },
  { path: '/schemas/[file]', action: 'page.read' },
  { path: '/auth/sign-in', action: 'page.read' },
  { path: '/auth/sign-up', action: 'page.read' },
  { path: '/auth/sign-out', action: 'page.read' },
  { path: '/auth/forgot', action: 'page.read' },
  { path: '/auth/reset', action: 'page.read' },
  { path: '/auth/verify', action: 'page.read' },
  { path: '/auth/verify-again', action: 'account.manage' },
  { path: '/auth/name', action: 'account.manage' },
  { path: '/auth/email', action: 'account.manage' },
  { path: '/auth/password', action: 'account.manage' },
  { path: '/auth/end-session', action: 'account.manage' },
  { path: '/auth/end-others', action: 'account.manage' },
  { path: '/auth/bring-back', action: 'account.manage' },
  { path: '/auth/delete', action: 'account.manage' },
  { path: '/auth/data', action: 'account.manage' },
  { path: '/api/health', action: 'page.read' },
  // The operator, by a token or from this machine.
  { path: '/metrics', action: 'page.read' },
  { path: '/socket/[workspace]', action: 'workspace.use', withFacts: true },
  // The key is the right.
  { path: '/k8s/[key]/[...]', action: 'page.read' },
];

/** The rule for a path as a browser asks for it; undefined when there is none. */
export function routeRule(path: string, rules: readonly RouteRule[] = ROUTE_RULES): RouteRule | undefined {
  const parts = partsOf(path);
  return rules.find((rule) => fits(partsOf(rule.path), parts));
}

/** Whether what is at this address is a document. */
export function isDocument(address: string): boolean {
  return routeRule(address.split('?')[0] ?? '')?.document ?? false;
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  const open = pattern.at(-1) === '[...]';
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? parts.length < fixed.length : parts.length !== fixed.length) return false;
  return fixed.every((part, index) => part.startsWith('[') || part === parts[index]);
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}
