/** What somebody is in a cohort. */
export type Role = 'learner' | 'assistant' | 'instructor';

/** What one may want to do in a cohort. */
export type CohortAction = 'see' | 'help' | 'grade' | 'manage';

/**
 * Who may do what. Assistants look on, help and comment; points, deadlines, members and the cohort itself are the
 * instructors'.
 */
const MAY: Readonly<Record<CohortAction, readonly Role[]>> = {
  see: ['learner', 'assistant', 'instructor'],
  help: ['assistant', 'instructor'],
  grade: ['instructor'],
  manage: ['instructor'],
};

/** Whether a role allows an action. */
export const may = (role: Role, action: CohortAction): boolean => MAY[action].includes(role);

/** Roles that see others' work. */
export const isStaff = (role: Role): boolean => may(role, 'help');
