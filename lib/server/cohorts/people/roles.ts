import { type Action, type Asker, decide } from '../../access';

/** What somebody is in a cohort. */
export type Role = 'learner' | 'assistant' | 'instructor';

/** What one may want to do in a cohort. */
export type CohortAction = 'see' | 'help' | 'grade' | 'manage';

/** What each of these is in the one table of who may do what. */
const ACTIONS: Readonly<Record<CohortAction, Action>> = {
  see: 'cohort.see',
  help: 'cohort.assist',
  grade: 'cohort.lead',
  manage: 'cohort.lead',
};
/** Whether somebody has an account was asked before. */
const MEMBER: Asker = { id: '', isGuest: false, roles: [] };

/** Whether a role allows an action. */
export const may = (role: Role, action: CohortAction): boolean =>
  decide(MEMBER, ACTIONS[action], { cohortRole: role }).allowed;

/** Roles that see others' work. */
export const isStaff = (role: Role): boolean => may(role, 'help');
