import { createHash } from 'node:crypto';
import { AppError } from '../app-error';
import { ProgressStatus } from '../generated/prisma/client';
import type { Guest } from '../guests';
import { type Learning, openLabFor } from '../learner';
import { bringFiles } from './bring-files';
import { type OwnData, ownData } from './file-format';

/** What was taken from a file, and what was left. */
export interface Taken {
  readonly labs: number;
  readonly files: number;
  readonly attempts: number;
  /** Labs of the file that are not offered here. */
  readonly unknown: readonly string[];
}

/** More is no learner's file. */
export const OWN_DATA_LIMIT_BYTES = 20 * 1024 * 1024;

/**
 * Takes a file that was exported here or elsewhere. Files are saved in the lab's home folder, under a name of their own when
 * there is another file of that name; attempts are marked as brought along, so that nobody takes them for witnessed; taking
 * a file twice changes nothing.
 */
export async function importOwnData(learning: Learning, guest: Guest, text: string): Promise<Taken> {
  const data = readOwnData(text);
  const library = await learning.library();
  const taken = { labs: 0, files: 0, attempts: 0, unknown: [] as string[] };
  for (const own of data.labs) {
    const [track = '', slug = ''] = own.lab.split('/');
    if (library.find(track, slug) === undefined) {
      taken.unknown.push(own.lab);
      continue;
    }
    const opened = await openLabFor(learning, guest, track, slug);
    if (opened === undefined) continue;
    taken.labs += 1;
    taken.files += await bringFiles(await learning.registry.fetch(opened.workspaceId), own.files);
    taken.attempts += await bringAttempts(learning, guest, opened.workspaceId, own);
  }
  return taken;
}

function readOwnData(text: string): OwnData {
  if (text.length > OWN_DATA_LIMIT_BYTES)
    throw new AppError('too-large', 'The file is larger than any that is exported here (20 MiB).');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError('invalid', `The file is no JSON: ${error.message}`);
  }
  const { success, data, error } = ownData.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const where = issue?.path.join('.') || 'the file';
  throw new AppError('invalid', `The file is none that was exported here: ${where}: ${issue?.message}`);
}

async function bringAttempts(
  { prisma }: Learning,
  { id: userId }: Guest,
  workspaceId: string,
  { lab: labId, attempts, status, passedAt }: OwnData['labs'][number],
): Promise<number> {
  const rows = attempts.map(({ at, passed, labVersion, verdicts }) => ({
    // The same attempt of the same learner is the same row, however often its file is taken.
    id: createHash('sha256')
      .update(JSON.stringify([userId, labId, at, verdicts]))
      .digest('hex')
      .slice(0, 32),
    workspaceId,
    userId,
    labId,
    labVersion,
    seq: 0,
    at: new Date(at),
    passed,
    verdicts,
    imported: true,
  }));
  const known = await prisma.attempt.findMany({ where: { userId, labId }, select: { at: true } });
  const times = new Set(known.map(({ at }) => at.getTime()));
  const news = rows.filter(({ at }) => !times.has(at.getTime()));
  const key = { userId_labId: { userId, labId } };
  await prisma.$transaction(async (transaction) => {
    await transaction.attempt.createMany({ data: news, skipDuplicates: true });
    const own = await transaction.progress.findUnique({ where: key });
    if (status !== 'passed' || own?.status === ProgressStatus.PASSED) return;
    const best = rows.find(({ passed }) => passed);
    const state = {
      status: ProgressStatus.PASSED,
      passedAt: passedAt === null ? (best?.at ?? null) : new Date(passedAt),
      bestAttemptId: best === undefined || !news.includes(best) ? null : best.id,
    };
    await transaction.progress.upsert({ where: key, create: { userId, labId, ...state }, update: state });
  });
  return news.length;
}
