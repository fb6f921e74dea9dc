import { z } from 'zod';
import { PASSWORD_LONGEST, PASSWORD_SHORTEST } from '../password-rules';
import { FormProblem } from './form';

const NAME_LONGEST = 80;
/** RFC 5321's longest path. */
const EMAIL_LONGEST = 254;

type Fields = Readonly<Record<string, string>>;

/** The mail address in a form, in lower case. */
export function readEmail(fields: Fields, field = 'email'): string {
  const email = (fields[field] ?? '').trim().toLowerCase();
  if (email === '') throw new FormProblem('The e-mail address is missing.', field);
  if (email.length > EMAIL_LONGEST || !z.email().safeParse(email).success)
    throw new FormProblem(
      `“${email.slice(0, EMAIL_LONGEST)}” is not an e-mail address: it needs the form name@place.example.`,
      field,
    );
  return email;
}

/** The name in a form. */
export function readName(fields: Fields): string {
  const name = (fields.name ?? '').trim().replace(/\s+/g, ' ');
  if (name === '') throw new FormProblem('The name is missing.', 'name');
  if (name.length > NAME_LONGEST)
    throw new FormProblem(`The name has ${name.length} characters; at most ${NAME_LONGEST} fit.`, 'name');
  return name;
}

/** A password to be set; which one it is does not matter, its length does. */
export function readNewPassword(fields: Fields, field = 'password'): string {
  const password = fields[field] ?? '';
  if (password.length < PASSWORD_SHORTEST)
    throw new FormProblem(
      `The password has ${password.length} characters; it needs ${PASSWORD_SHORTEST} or more.`,
      field,
    );
  if (password.length > PASSWORD_LONGEST)
    throw new FormProblem(
      `The password has ${password.length} characters; at most ${PASSWORD_LONGEST} fit.`,
      field,
    );
  return password;
}

/** A page of ours to go on to; anything else is the front page. */
export function readNext(fields: Fields, otherwise = '/'): string {
  const next = fields.next ?? '';
  if (!next.startsWith('/') || next.startsWith('//') || /[\\\s]/.test(next)) return otherwise;
  const here = 'http://here.invalid';
  const url = new URL(next, here);
  return url.origin === here && !url.pathname.startsWith('/auth/')
    ? `${url.pathname}${url.search}`
    : otherwise;
}
