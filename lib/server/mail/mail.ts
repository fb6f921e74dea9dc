/** A mail in plain words. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends a mail; resolves when the mail server has taken it. */
export type SendMail = (mail: Mail) => Promise<void>;
