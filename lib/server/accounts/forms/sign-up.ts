import { forgottenGuestCookie } from '../../guest-token';
import { log } from '../../log';
import { createAccount } from '../create-account';
import { forgetFirstLinks, isFirstLink } from '../first-administrator';
import { type AccountForm, FormProblem } from './form';
import { takeAll } from './limit';
import { readEmail, readName, readNewPassword, readNext } from './read-fields';

/** Making an account; whatever the guest of this browser did goes on under it. */
export const signUpForm: AccountForm = {
  name: 'sign-up',
  page: '/sign-up',
  keeps: ['name', 'email', 'next', 'first'],
  async send({ prisma, auth, limits }, { caller, headers, identity, fields }) {
    const name = readName(fields);
    const email = readEmail(fields);
    const password = readNewPassword(fields);
    if (identity.person?.isGuest === false)
      throw new FormProblem(`This browser is signed in as ${identity.person.name}: sign out first.`);
    await takeAll(limits, [['sign-up-address', caller]]);
    const isFirst = await isFirstLink(prisma, fields.first ?? '');
    const made = await createAccount(
      { prisma, auth },
      { name, email, password, guestId: identity.person?.id, roles: isFirst ? ['administrator'] : [] },
    );
    if (made === undefined)
      throw new FormProblem(
        'There is an account with this address already. Sign in, or set a new password.',
        'email',
      );
    if (isFirst) await forgetFirstLinks(prisma);
    await auth.api.sendVerificationEmail({ body: { email }, headers }).catch((error: unknown) => {
      // The account is made; the mail can be sent once more from its page.
      log('warn', 'mail-not-sent', { error });
    });
    const signed = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
    return {
      to: readNext(fields),
      cookies: [...signed.headers.getSetCookie(), forgottenGuestCookie()],
    };
  },
};
