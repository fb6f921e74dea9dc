import type { Guest } from '../guests';

/** What somebody may do beside learning; in a cohort people have roles of their own. */
export type Role = 'author' | 'instructor' | 'administrator';

/** Every role there is. */
export const ROLES: readonly Role[] = ['author', 'instructor', 'administrator'];

/** Whoever is asking: a guest, or somebody with an account. */
export interface Person extends Guest {
  readonly name: string;
  /** Undefined for a guest. */
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly roles: readonly Role[];
}

/** The roles as the database spells them; what it has and this program does not know is nobody's right. */
export function readRoles(stored: readonly string[]): readonly Role[] {
  return ROLES.filter((role) => stored.includes(role.toUpperCase()));
}
