import { randomBytes, randomInt } from 'node:crypto';

/** Without letters that are taken for digits, so that a code can be read out in a classroom. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const LENGTH = 8;

/** A cohort's code: "K7MP-3QXD". */
export function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

/** What stands in a personal invitation; whoever has it may come under that name. */
export const newInviteToken = (): string => randomBytes(18).toString('base64url');

/** A code as people type it. */
export const readCode = (text: string): string => {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
};
