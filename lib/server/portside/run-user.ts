import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { accountView, createAccount, createAuth, keptSecret, type Role } from '../accounts';
import { ROLE_NAMES } from '../accounts/create-account';
import { PASSWORD_LONGEST, PASSWORD_SHORTEST } from '../accounts/password-rules';
import { StartError } from '../app-error';
import { connectOnce, migrate, openDatabase, startEmbeddedPostgres } from '../database';
import { readEnvironment } from '../environment';
import type { PrismaClient } from '../generated/prisma/client';
import { projectRoot } from '../project-root';

/** What is to be done with people. */
export type UserRequest =
  | {
      readonly kind: 'add';
      readonly email: string;
      readonly name: string | undefined;
      readonly roles: readonly Role[];
      readonly passwordStdin: boolean;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'role'; readonly email: string; readonly roles: readonly Role[] }
  | { readonly kind: 'password'; readonly email: string; readonly passwordStdin: boolean }
  | { readonly kind: 'remove'; readonly email: string; readonly yes: boolean };

/** So much chance that a made password need not be changed. */
const MADE_BYTES = 15;

/** Carries out one request; resolves with the exit status. */
export async function runUser(request: UserRequest): Promise<number> {
  try {
    return await onDatabase((prisma, dataDir) => carryOut(prisma, dataDir, request));
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`portside: ${error.message}\n`);
    return 1;
  }
}

/** On the database that the server uses; an embedded one that does not run is started for as long as it is needed. */
async function onDatabase(work: (prisma: PrismaClient, dataDir: string) => Promise<number>): Promise<number> {
  const root = projectRoot();
  const { databaseUrl, dataDir } = readEnvironment(process.env, root);
  const own = databaseUrl === undefined ? await startEmbeddedPostgres(dataDir) : undefined;
  const url = databaseUrl ?? own?.url ?? '';
  const client = await connectOnce(url);
  await migrate(client, join(root, 'prisma/migrations'));
  await client.end();
  const database = openDatabase(url);
  try {
    return await work(database.prisma, dataDir);
  } finally {
    await database.close();
    if (own?.adopted === false) await own.stop();
  }
}

async function carryOut(prisma: PrismaClient, dataDir: string, request: UserRequest): Promise<number> {
  if (request.kind === 'list') return list(prisma);
  const email = request.email.trim().toLowerCase();
  if (!z.email().safeParse(email).success) throw new StartError(`"${email}" is not an e-mail address.`);
  if (request.kind === 'add') return add(prisma, dataDir, { ...request, email });
  const found = await prisma.user.findUnique({ where: { email }, select: { id: true } });
  if (found === null) throw new StartError(`nobody has an account with the address ${email}.`);
  if (request.kind === 'role') return setRoles(prisma, email, request.roles);
  if (request.kind === 'password') return setPassword(prisma, dataDir, found.id, request.passwordStdin);
  return remove(prisma, found.id, email, request.yes);
}

async function list(prisma: PrismaClient): Promise<number> {
  const people = await prisma.user.findMany({ where: { isGuest: false }, orderBy: { email: 'asc' } });
  for (const { email, name, roles, emailVerified } of people) {
    const facts = [roles.join(', ').toLowerCase(), emailVerified ? '' : 'address not confirmed'];
    const told = facts.filter((fact) => fact !== '').join('; ');
    process.stdout.write(`${email}\t${name}${told === '' ? '' : `\t${told}`}\n`);
  }
  return 0;
}

async function add(
  prisma: PrismaClient,
  dataDir: string,
  { email, name, roles, passwordStdin }: Extract<UserRequest, { kind: 'add' }>,
): Promise<number> {
  const password = await choosePassword(passwordStdin);
  const auth = authOf(prisma, dataDir);
  const called = name?.trim() || (email.split('@')[0] ?? email);
  const id = await createAccount({ prisma, auth }, { name: called, email, password, roles });
  if (id === undefined) throw new StartError(`there is an account with the address ${email} already.`);
  process.stdout.write(`${email} was added.\n`);
  if (!passwordStdin) process.stdout.write(`password: ${password}\n`);
  return 0;
}

async function setRoles(prisma: PrismaClient, email: string, roles: readonly Role[]): Promise<number> {
  const data = { roles: roles.map((role) => ROLE_NAMES[role]) };
  await prisma.user.update({ where: { email }, data, select: { id: true } });
  process.stdout.write(`${email} is ${roles.length === 0 ? 'a learner' : roles.join(', ')}.\n`);
  return 0;
}

async function setPassword(
  prisma: PrismaClient,
  dataDir: string,
  userId: string,
  fromStdin: boolean,
): Promise<number> {
  const password = await choosePassword(fromStdin);
  const context = await authOf(prisma, dataDir).$context;
  const hash = await context.password.hash(password);
  await prisma.$transaction([
    prisma.account.updateMany({ where: { userId, providerId: 'credential' }, data: { password: hash } }),
    prisma.session.deleteMany({ where: { userId } }),
  ]);
  process.stdout.write('The password is set; every browser is signed out.\n');
  if (!fromStdin) process.stdout.write(`password: ${password}\n`);
  return 0;
}

async function remove(prisma: PrismaClient, id: string, email: string, yes: boolean): Promise<number> {
  const { kept, sessions } = await accountView(prisma, id, undefined);
  const what = `${kept.labs} labs, ${kept.commands} commands and file changes, ${kept.attempts} checks, ${sessions.length} sessions`;
  if (!yes) {
    process.stdout.write(`This would remove ${email} with ${what}. Add --yes to do it.\n`);
    return 1;
  }
  await prisma.user.delete({ where: { id }, select: { id: true } });
  process.stdout.write(`${email} was removed with ${what}.\n`);
  return 0;
}

/** Passwords are hashed as the server does it; nothing here signs or mails. */
function authOf(prisma: PrismaClient, dataDir: string) {
  const { secret, publicUrl } = readEnvironment(process.env, projectRoot());
  const nothing = async () => undefined;
  return createAuth({
    prisma,
    secret: secret ?? keptSecret(dataDir),
    publicUrl,
    sendMail: nothing,
    sessionsEnded: nothing,
  });
}

async function choosePassword(fromStdin: boolean): Promise<string> {
  if (!fromStdin) return randomBytes(MADE_BYTES).toString('base64url');
  const parts: Buffer[] = [];
  for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part);
  const password = Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (password.length >= PASSWORD_SHORTEST && password.length <= PASSWORD_LONGEST) return password;
  throw new StartError(
    `the password has ${password.length} characters; it needs ${PASSWORD_SHORTEST} to ${PASSWORD_LONGEST}.`,
  );
}
