import { randomUUID } from 'node:crypto';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { betterAuth } from 'better-auth/minimal';
import type { PrismaClient } from '../generated/prisma/client';
import { log } from '../log';
import type { SendMail } from '../mail';
import { emailChangeMail, resetMail, verificationMail } from './mails';
import { PASSWORD_LONGEST, PASSWORD_SHORTEST } from './password-rules';

/** What accounts are kept with. */
export interface AuthOptions {
  readonly prisma: PrismaClient;
  /** Signs cookies and links; the same in every process. */
  readonly secret: string;
  /** The address that links in mails begin with: "https://learn.example". */
  readonly publicUrl: string;
  readonly sendMail: SendMail;
  /** Tells every process that somebody's sessions have ended. */
  readonly sessionsEnded: (userId: string) => Promise<void>;
}

const DAY_SECONDS = 24 * 3_600;
/** A term's break is shorter than what a browser is remembered for. */
export const SESSION_SECONDS = 30 * DAY_SECONDS;
/** Mailed links are for now. */
const LINK_SECONDS = 3_600;
/** A mail may lie for a night before its address is confirmed. */
const VERIFY_SECONDS = DAY_SECONDS;

/** Accounts, passwords and sessions: better-auth over Prisma. Its own routes are not served; our forms call it. */
export function createAuth({ prisma, secret, publicUrl, sendMail, sessionsEnded }: AuthOptions) {
  return betterAuth({
    appName: 'Portside',
    secret,
    baseURL: publicUrl,
    database: prismaAdapter(prisma, { provider: 'postgresql' }),
    advanced: {
      cookiePrefix: 'portside',
      // Whether a browser speaks https is known a request at a time: `web/set-cookies` adds "Secure".
      useSecureCookies: false,
      database: { generateId: () => randomUUID() },
      ipAddress: { ipAddressHeaders: [CALLER_HEADER] },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_SHORTEST,
      maxPasswordLength: PASSWORD_LONGEST,
      resetPasswordTokenExpiresIn: LINK_SECONDS,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => sessionsEnded(user.id),
      sendResetPassword: ({ user, token }) =>
        sendMail(resetMail(user, `${publicUrl}/reset?token=${encodeURIComponent(token)}`)),
    },
    emailVerification: {
      expiresIn: VERIFY_SECONDS,
      sendVerificationEmail: ({ user, token }) =>
        sendMail(verificationMail(user, `${publicUrl}/auth/verify?token=${encodeURIComponent(token)}`)),
    },
    user: {
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: ({ user, newEmail, token }) =>
          sendMail(
            emailChangeMail(user, newEmail, `${publicUrl}/auth/verify?token=${encodeURIComponent(token)}`),
          ),
      },
      additionalFields: {
        isGuest: { type: 'boolean', input: false, defaultValue: true },
        roles: { type: 'string[]', input: false, defaultValue: [] },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: DAY_SECONDS },
    // Forms are limited before they come here: by address and by account (`rate-limits`).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message, ...rest) => log('error', 'accounts', { message, rest }),
    },
  });
}

/** Accounts as the rest of the server uses them. */
export type Auth = ReturnType<typeof createAuth>;

/** Tells better-auth from where a request came; set by us, never taken from outside. */
export const CALLER_HEADER = 'x-portside-caller';
