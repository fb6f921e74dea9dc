import { isAPIError } from 'better-auth/api';
import type { Person } from '../person';
import { bringBack } from '../set-aside';
import { type AccountForm, type FormDeps, FormProblem, type Outcome, type Sent } from './form';
import { takeAll } from './limit';
import { readEmail, readName, readNewPassword } from './read-fields';

/** A form of the page about one's own account, for whoever is signed in. */
function ownForm(
  name: string,
  keeps: readonly string[],
  send: (deps: FormDeps, sent: Sent, person: Person) => Promise<Outcome | string>,
): AccountForm {
  return {
    name,
    page: '/account',
    keeps,
    async send(deps, sent) {
      const { person, session } = sent.identity;
      if (person === undefined || session === undefined)
        return {
          to: '/sign-in',
          said: { form: 'sign-in', problem: 'The session has ended: sign in first.' },
        };
      await takeAll(deps.limits, [['change-account', person.id]]);
      const outcome = await send(deps, sent, person);
      return typeof outcome === 'string' ? { to: '/account', said: { form: name, done: outcome } } : outcome;
    },
  };
}

async function checkPassword({ auth }: FormDeps, { headers, fields }: Sent, field: string): Promise<string> {
  const password = fields[field] ?? '';
  try {
    await auth.api.verifyPassword({ body: { password }, headers });
    return password;
  } catch (error) {
    if (!isAPIError(error)) throw error;
    throw new FormProblem('That is not the password of this account.', field);
  }
}

/** What can be changed of one's own account. */
export const OWN_FORMS: readonly AccountForm[] = [
  ownForm('name', ['name'], async ({ auth }, { headers, fields }) => {
    const name = readName(fields);
    await auth.api.updateUser({ body: { name }, headers });
    return `The name is ${name}.`;
  }),

  ownForm('verify-again', [], async ({ auth, limits }, { headers }, { email = '', emailVerified }) => {
    if (emailVerified) return `${email} is confirmed already.`;
    await takeAll(limits, [['mail-account', email]]);
    await auth.api.sendVerificationEmail({ body: { email }, headers });
    return `A mail with a link is on its way to ${email}.`;
  }),

  ownForm('email', ['email'], async (deps, sent, person) => {
    const email = readEmail(sent.fields);
    if (email === person.email) throw new FormProblem(`${email} is the address already.`, 'email');
    await checkPassword(deps, sent, 'email-password');
    await takeAll(deps.limits, [['mail-account', person.email ?? '']]);
    await deps.auth.api.changeEmail({ body: { newEmail: email }, headers: sent.headers });
    const to = person.emailVerified ? `${person.email}, which allows the change,` : `${email}`;
    return `A mail with a link is on its way to ${to}; until the link is followed the address stays.`;
  }),

  ownForm('password', [], async (deps, { headers, fields }) => {
    const newPassword = readNewPassword(fields, 'new-password');
    const currentPassword = fields['current-password'] ?? '';
    try {
      const { headers: answer } = await deps.auth.api.changePassword({
        body: { newPassword, currentPassword, revokeOtherSessions: true },
        headers,
        returnHeaders: true,
      });
      const done = 'The password is changed; every other browser is signed out.';
      return { to: '/account', cookies: answer.getSetCookie(), said: { form: 'password', done } };
    } catch (error) {
      if (!isAPIError(error)) throw error;
      throw new FormProblem('That is not the password of this account.', 'current-password');
    }
  }),

  ownForm('end-session', [], async ({ prisma }, { fields }, { id: userId }) => {
    const { count } = await prisma.session.deleteMany({ where: { id: fields.session ?? '', userId } });
    return count === 0 ? 'That browser was signed out already.' : 'That browser is signed out.';
  }),

  ownForm('end-others', [], async ({ prisma }, { identity }, { id: userId }) => {
    const { count } = await prisma.session.deleteMany({
      where: { userId, id: { not: identity.session?.id ?? '' } },
    });
    return count === 1 ? 'One other browser is signed out.' : `${count} other browsers are signed out.`;
  }),

  ownForm('bring-back', [], async ({ prisma }, { fields }, { id }) => {
    const title = await bringBack(prisma, id, fields.workspace ?? '');
    if (title === undefined) throw new FormProblem('That work is not there any more.');
    return `“${title}” is as it was in that browser; what it replaced is set aside instead.`;
  }),

  ownForm('delete', [], async (deps, sent, { id }) => {
    await checkPassword(deps, sent, 'delete-password');
    await deps.prisma.user.delete({ where: { id }, select: { id: true } });
    const { headers } = await deps.auth.api.signOut({ headers: sent.headers, returnHeaders: true });
    const done = 'The account and everything kept for it are deleted.';
    return { to: '/sign-in', cookies: headers.getSetCookie(), said: { form: 'sign-in', done } };
  }),
];
