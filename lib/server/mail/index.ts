export type { Mail, SendMail } from './mail';
export { createMailbox, type ShownMail } from './mailbox';
export { createSmtp } from './smtp';
