import { createTransport } from 'nodemailer';
import { log } from '../log';
import type { SendMail } from './mail';

/** A mail server that does not answer must not hold up a form. */
const LIMIT_MS = 10_000;

/** Sends mails through the server that `url` names, as in "smtps://user:password@mail.example". */
export function createSmtp(url: string, from: string): SendMail {
  const transport = createTransport(
    { url, connectionTimeout: LIMIT_MS, greetingTimeout: LIMIT_MS, socketTimeout: LIMIT_MS },
    { from },
  );
  return async ({ to, subject, text }) => {
    const { messageId } = await transport.sendMail({ to, subject, text });
    log('info', 'mail-sent', { messageId });
  };
}
