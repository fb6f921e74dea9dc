import { isAPIError } from 'better-auth/api';
import { forgottenGuestCookie } from '../../guest-token';
import { mergeGuest } from '../merge-guest';
import { type AccountForm, FormProblem, type Outcome } from './form';
import { takeAll } from './limit';
import { readEmail, readNext } from './read-fields';

/** Both the account and this browser have work in a lab: nothing is lost, and the person chooses. */
function askAbout(labs: number): Pick<Outcome, 'to' | 'said'> {
  const which =
    labs === 1 ? 'one lab that your account had begun too' : `${labs} labs that your account had begun too`;
  const done = `This browser had work in ${which}. Your account's is in place; the other is set aside below.`;
  return { to: '/account#set-aside', said: { form: 'account', done } };
}

/** Signing in with address and password. */
export const signInForm: AccountForm = {
  name: 'sign-in',
  page: '/sign-in',
  keeps: ['email', 'next'],
  async send({ prisma, auth, limits }, { caller, headers, identity, fields }) {
    const email = readEmail(fields);
    const password = fields.password ?? '';
    if (password === '') throw new FormProblem('The password is missing.', 'password');
    const here = `${email} ${caller}`;
    await takeAll(limits, [
      ['sign-in-address', caller],
      ['sign-in-account', email],
      ['sign-in-here', here],
    ]);
    try {
      const signed = await auth.api.signInEmail({
        body: { email, password },
        headers,
        returnHeaders: true,
      });
      await limits.forgive('sign-in-here', here);
      const cookies = signed.headers.getSetCookie();
      const guest = identity.person?.isGuest ? identity.person.id : undefined;
      if (guest === undefined) return { to: readNext(fields), cookies };
      const setAside = await mergeGuest(prisma, guest, signed.response.user.id);
      return {
        cookies: [...cookies, forgottenGuestCookie()],
        ...(setAside === 0 ? { to: readNext(fields) } : askAbout(setAside)),
      };
    } catch (error) {
      if (!isAPIError(error)) throw error;
      throw new FormProblem('No account has this address and this password together.', 'password');
    }
  },
};
