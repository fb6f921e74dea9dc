import type { AccountForm } from './form';

/** Ending the session of this browser. */
export const signOutForm: AccountForm = {
  name: 'sign-out',
  page: '/',
  keeps: [],
  async send({ auth }, { headers }) {
    const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true });
    return {
      to: '/sign-in',
      cookies: answer.getSetCookie(),
      said: { form: 'sign-in', done: 'You are signed out.' },
    };
  },
};
