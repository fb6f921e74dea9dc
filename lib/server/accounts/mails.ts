import type { Mail } from '../mail';

interface Recipient {
  readonly name: string;
  readonly email: string;
}

const greeting = ({ name }: Recipient) => (name === '' ? 'Hello,' : `Hello ${name},`);

/** The mail with which a forgotten password is set anew. */
export function resetMail(to: Recipient, link: string): Mail {
  return {
    to: to.email,
    subject: 'Set a new password',
    text: `${greeting(to)}

somebody asked to set a new password for your Portside account. This link does it, once, within an hour:

${link}

If it was not you, nothing needs to be done: your password stays as it is.
`,
  };
}

/** The mail that shows that an address is read by whoever gave it. */
export function verificationMail(to: Recipient, link: string): Mail {
  return {
    to: to.email,
    subject: 'Confirm your address',
    text: `${greeting(to)}

this link confirms that ${to.email} is your address. It is good for a day:

${link}

If you made no account at Portside, nothing needs to be done.
`,
  };
}

/** The mail to the old address that allows another one. */
export function emailChangeMail(to: Recipient, newEmail: string, link: string): Mail {
  return {
    to: to.email,
    subject: 'Change your address',
    text: `${greeting(to)}

your Portside account shall have the address ${newEmail} from now on. This link allows it; another mail to the new
address then confirms it:

${link}

If it was not you, set a new password: somebody else is signed in as you.
`,
  };
}
