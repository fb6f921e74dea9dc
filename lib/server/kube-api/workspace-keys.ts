import type { PrismaClient } from '../generated/prisma/client';
import { hashToken, newToken } from '../guest-token';

/** What a page may know of a key: the secret itself is told once, when it is made. */
export interface KeyView {
  /** RFC 3339. */
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** The secrets by which the API of a workspace is reached from outside; one a workspace, and a new one ends the old. */
export interface WorkspaceKeys {
  /** The workspace behind a key. */
  find(key: string): Promise<string | undefined>;
  describe(workspaceId: string): Promise<KeyView | null>;
  make(workspaceId: string): Promise<KeyView & { readonly key: string }>;
  revoke(workspaceId: string): Promise<void>;
  /** Calls back when a workspace's key was revoked or replaced: whoever is connected by it must go. */
  onRevoked(listener: (workspaceId: string) => void): () => void;
}

/** A key once found is not looked up again for so long; a revocation by another process is noticed by then. */
const REMEMBERED_MS = 5_000;
/** "Last used" need not be truer than this, and a write per request would be waste. */
const USED_EVERY_MS = 60_000;
/** What a key looks like; nothing else is worth a question to the database. */
const KEY = /^[A-Za-z0-9_-]{43}$/;
const REMEMBERED_KEYS = 1_000;

interface Remembered {
  readonly workspaceId: string;
  readonly until: number;
  readonly usedAt: number;
}

/** Keys over Prisma. */
export function createWorkspaceKeys(prisma: PrismaClient): WorkspaceKeys {
  const remembered = new Map<string, Remembered>();
  const listeners = new Set<(workspaceId: string) => void>();
  const revoked = (workspaceId: string) => {
    for (const [hash, known] of remembered) if (known.workspaceId === workspaceId) remembered.delete(hash);
    for (const listener of [...listeners]) listener(workspaceId);
  };
  const look = async (keyHash: string): Promise<Remembered | undefined> => {
    const row = await prisma.workspaceKey.findUnique({ where: { keyHash } });
    if (row === null) return undefined;
    const now = Date.now();
    const known = { workspaceId: row.workspaceId, until: now + REMEMBERED_MS };
    const usedAt = row.lastUsedAt?.getTime() ?? 0;
    if (now - usedAt < USED_EVERY_MS) return { ...known, usedAt };
    await prisma.workspaceKey.updateMany({ where: { keyHash }, data: { lastUsedAt: new Date(now) } });
    return { ...known, usedAt: now };
  };
  return {
    async find(key) {
      if (!KEY.test(key)) return undefined;
      const keyHash = hashToken(key);
      const known = remembered.get(keyHash);
      if (known && known.until > Date.now()) return known.workspaceId;
      const found = await look(keyHash);
      remembered.delete(keyHash);
      if (found === undefined) return undefined;
      for (const oldest of remembered.keys()) {
        if (remembered.size < REMEMBERED_KEYS) break;
        remembered.delete(oldest);
      }
      remembered.set(keyHash, found);
      return found.workspaceId;
    },
    async describe(workspaceId) {
      const row = await prisma.workspaceKey.findUnique({ where: { workspaceId } });
      return row && keyView(row);
    },
    async make(workspaceId) {
      const key = newToken();
      const fresh = { keyHash: hashToken(key), createdAt: new Date(), lastUsedAt: null };
      const row = await prisma.workspaceKey.upsert({
        where: { workspaceId },
        create: { workspaceId, ...fresh },
        update: fresh,
      });
      revoked(workspaceId);
      return { ...keyView(row), key };
    },
    async revoke(workspaceId) {
      await prisma.workspaceKey.deleteMany({ where: { workspaceId } });
      revoked(workspaceId);
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const keyView = (row: { readonly createdAt: Date; readonly lastUsedAt: Date | null }): KeyView => ({
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
