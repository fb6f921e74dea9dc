import { isAPIError } from 'better-auth/api';
import { type AccountForm, FormProblem } from './form';
import { takeAll } from './limit';
import { readEmail, readNext } from './read-fields';

/** Signing in with address and password. */
export const signInForm: AccountForm = {
  name: 'sign-in',
  page: '/sign-in',
  keeps: ['email', 'next'],
  async send({ auth, limits }, { caller, headers, fields }) {
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
      return { to: readNext(fields), cookies: signed.headers.getSetCookie() };
    } catch (error) {
      if (!isAPIError(error)) throw error;
      throw new FormProblem('No account has this address and this password together.', 'password');
    }
  },
};
