import { isAPIError } from 'better-auth/api';
import type { PrismaClient } from '../../generated/prisma/client';
import { type AccountForm, FormProblem } from './form';
import { takeAll } from './limit';
import { readEmail, readNewPassword } from './read-fields';

/** Asking for a mail by which a new password can be set. Whether there is such an account is not told. */
export const forgotForm: AccountForm = {
  name: 'forgot',
  page: '/forgot',
  keeps: ['email'],
  async send({ auth, limits }, { caller, headers, fields }) {
    const email = readEmail(fields);
    await takeAll(limits, [
      ['mail-address', caller],
      ['mail-account', email],
    ]);
    await auth.api.requestPasswordReset({ body: { email }, headers });
    const done = `If ${email} has an account, a mail with a link is on its way. The link is good for an hour.`;
    return { to: '/forgot', said: { form: 'forgot', done } };
  },
};

/** Setting a new password by a mailed link; every browser that was signed in is signed out. */
export const resetForm: AccountForm = {
  name: 'reset',
  page: '/reset',
  keeps: ['token'],
  async send({ auth, limits }, { caller, headers, fields }) {
    const newPassword = readNewPassword(fields);
    await takeAll(limits, [['mail-address', caller]]);
    try {
      await auth.api.resetPassword({ body: { newPassword, token: fields.token ?? '' }, headers });
    } catch (error) {
      if (!isAPIError(error)) throw error;
      throw new FormProblem('This link has been used, or is older than an hour. Ask for another mail.');
    }
    return { to: '/sign-in', said: { form: 'sign-in', done: 'The new password is set. Sign in with it.' } };
  },
};

/** Following the link of a mail that confirms an address, or a change of it. */
export const verifyForm: AccountForm = {
  name: 'verify',
  page: '/account',
  keeps: [],
  isLink: true,
  async send({ auth, prisma }, { headers, identity, fields }) {
    const page = identity.session === undefined ? '/sign-in' : '/account';
    const form = page.slice(1);
    try {
      const answer = await auth.api.verifyEmail({
        query: { token: fields.token ?? '' },
        headers,
        returnHeaders: true,
      });
      const isExpected = await isOnRoster(prisma, identity.person?.id);
      const done = `The address is confirmed.${isExpected ? ' A class expects you by it: see Cohorts.' : ''}`;
      return { to: page, cookies: answer.headers.getSetCookie(), said: { form, done } };
    } catch (error) {
      if (!isAPIError(error)) throw error;
      const problem = 'This link has been used, or is too old. Send the mail once more from your account.';
      return { to: page, said: { form, problem } };
    }
  },
};

/** Whether a roster has the address that somebody has proved to be theirs. */
async function isOnRoster(prisma: PrismaClient, id: string | undefined): Promise<boolean> {
  const user = id === undefined ? null : await prisma.user.findUnique({ where: { id } });
  if (user === null || user.email === null || !user.emailVerified) return false;
  const email = { equals: user.email, mode: 'insensitive' } as const;
  return (
    (await prisma.rosterEntry.count({ where: { email, userId: null, cohort: { archivedAt: null } } })) > 0
  );
}
