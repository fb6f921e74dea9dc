import type { Mail, SendMail } from './mail';

/** A mail that was kept instead of sent. */
export interface ShownMail extends Mail {
  /** RFC 3339. */
  readonly at: string;
}

/** Keeps mails in memory, to be looked at while developing. */
export interface Mailbox {
  readonly send: SendMail;
  /** Newest first. */
  readonly mails: readonly ShownMail[];
}

const KEPT = 50;

/** An empty mailbox. */
export function createMailbox(): Mailbox {
  const mails: ShownMail[] = [];
  return {
    mails,
    async send(mail) {
      mails.unshift({ ...mail, at: new Date().toISOString() });
      mails.splice(KEPT);
    },
  };
}
