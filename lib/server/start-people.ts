import { createAuth, createPeople, createRateLimits, keptSecret, type People } from './accounts';
import type { Bus } from './bus';
import type { Database } from './database';
import type { Environment } from './environment';
import { createMailbox, createSmtp, type ShownMail } from './mail';
import { type AccountRoutes, createAccountRoutes } from './web/account-routes';
import { createGuard, type Guard } from './web/guard';
import { knownWithinRequests } from './web/known-person';

/** Who comes here, and what they may come to. */
export interface PeopleParts {
  readonly people: People;
  /** The same for pages: a request's sender is looked up once, by the guard or by the page. */
  readonly pagePeople: People;
  readonly accounts: AccountRoutes;
  readonly guard: Guard;
  /** Mails that were kept instead of sent; undefined where they are sent. */
  keptMails(): readonly ShownMail[] | undefined;
}

/** Accounts, their mails and limits, and the guard before the pages. */
export function startPeople(
  { prisma, pool }: Database,
  bus: Bus,
  environment: Environment,
  dev: boolean,
): PeopleParts {
  const { smtp, publicUrl, proxies } = environment;
  const mailbox = createMailbox();
  const sendMail = smtp === undefined ? mailbox.send : createSmtp(smtp.url, smtp.from);
  const secret = environment.secret ?? keptSecret(environment.dataDir);
  const sessionsEnded = (userId: string) => bus.publish('sessions', { userId });
  const auth = createAuth({ prisma, secret, publicUrl, sendMail, sessionsEnded });
  const people = createPeople(prisma, auth);
  const pagePeople = knownWithinRequests(people);
  const limits = createRateLimits(pool);
  return {
    people,
    pagePeople,
    accounts: createAccountRoutes({ prisma, auth, limits, sessionsEnded }, people, proxies),
    guard: createGuard(pagePeople, dev),
    keptMails: () => (dev && smtp === undefined ? mailbox.mails : undefined),
  };
}
