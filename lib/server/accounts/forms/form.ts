import type { PrismaClient } from '../../generated/prisma/client';
import type { Auth } from '../auth';
import type { Identity } from '../people';
import type { RateLimits } from '../rate-limits';

/** What forms work with. */
export interface FormDeps {
  readonly prisma: PrismaClient;
  readonly auth: Auth;
  readonly limits: RateLimits;
  /** Tells every process that somebody's sessions may have ended. */
  readonly sessionsEnded: (userId: string) => Promise<void>;
}

/** One sent form. */
export interface Sent {
  readonly identity: Identity;
  /** The browser's own cookies, for better-auth. */
  readonly headers: Headers;
  /** The network address it came from. */
  readonly caller: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What the next page tells, once. */
export interface Said {
  /** The form that it is about: "sign-in". */
  readonly form: string;
  /** What is wrong, as a sentence, and the field that it is wrong with. */
  readonly problem?: string;
  readonly field?: string;
  /** What was done, as a sentence. */
  readonly done?: string;
  /** What had been typed, apart from passwords. */
  readonly typed?: Readonly<Record<string, string>>;
}

/** Where the browser goes after a form, with which cookies, and what it is told there. */
export interface Outcome {
  readonly to: string;
  readonly cookies?: readonly string[];
  readonly said?: Said;
}

/** One form: the page that shows it, and what sending it does. */
export interface AccountForm {
  readonly name: string;
  /** Where problems are told. */
  readonly page: string;
  /** Fields that are shown again after a problem. */
  readonly keeps: readonly string[];
  /** A link of a mail leads here: it is followed, not sent. */
  readonly isLink?: boolean;
  send(deps: FormDeps, sent: Sent): Promise<Outcome>;
}

/** A form that cannot be done as it was sent: a sentence for whoever sent it. */
export class FormProblem extends Error {
  override name = 'FormProblem';
  readonly field: string | undefined;
  constructor(sentence: string, field?: string) {
    super(sentence);
    this.field = field;
  }
}
