import { isIPv6 } from 'node:net';
import type { PrismaClient } from '../generated/prisma/client';
import { type SetAside, setAsideFor } from './set-aside';

/** A browser that somebody is signed in with. */
export interface SessionView {
  readonly id: string;
  readonly isThis: boolean;
  readonly browser: string;
  readonly address: string;
  /** RFC 3339. */
  readonly since: string;
  readonly lastSeen: string;
}

/** What a person is shown of their account. */
export interface AccountView {
  readonly sessions: readonly SessionView[];
  readonly setAside: readonly SetAside[];
  /** What deleting it would remove, counted. */
  readonly kept: { readonly labs: number; readonly commands: number; readonly attempts: number };
}

/** Looks an account up. */
export async function accountView(
  prisma: PrismaClient,
  userId: string,
  sessionId: string | undefined,
): Promise<AccountView> {
  const mine = { OR: [{ userId }, { user: { claimedById: userId } }] };
  const [sessions, setAside, labs, commands, attempts] = await Promise.all([
    prisma.session.findMany({
      where: { userId, expiresAt: { gt: new Date() } },
      orderBy: { updatedAt: 'desc' },
    }),
    setAsideFor(prisma, userId),
    prisma.workspace.count({ where: mine }),
    prisma.workspaceEvent.count({ where: { workspace: mine } }),
    prisma.attempt.count({ where: mine }),
  ]);
  return {
    sessions: sessions.map(({ id, userAgent, ipAddress, createdAt, updatedAt }) => ({
      id,
      isThis: id === sessionId,
      browser: browserName(userAgent ?? ''),
      address: shortAddress(ipAddress ?? ''),
      since: createdAt.toISOString(),
      lastSeen: updatedAt.toISOString(),
    })),
    setAside,
    kept: { labs, commands, attempts },
  };
}

/** An address as short as it may be written; of IPv6 only the network is kept, and this machine's own says nothing. */
function shortAddress(address: string): string {
  if (!isIPv6(address)) return address;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  return short === '::' ? '' : short;
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** A browser in two words, as far as its own account of itself goes. */
export function browserName(userAgent: string): string {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (browser === undefined) return system === undefined ? 'A program' : `A program on ${system}`;
  return system === undefined ? browser : `${browser} on ${system}`;
}
