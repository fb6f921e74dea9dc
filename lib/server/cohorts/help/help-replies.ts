import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../app-error';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import { type Registry, shownFiles, toWorkspacePath, traceRequest } from '../../live';
import type { PatchView } from '../../protocol';
import { type Asker, demand, demandOpen } from '../access';
import { auditRow } from '../audit';
import { type Bus, topics } from '../bus';
import { parsed } from '../cohort-fields';
import { learnersWorkspace } from './fork-workspace';
import type { ForkDiff } from './help-views';

const TEXT_LIMIT = 8_000;
const MANIFEST_LIMIT = 100_000;
const FILES_LIMIT = 20;
/** Where a pasted manifest is put in the learner's home folder. */
const MANIFEST_PATH = 'from-staff.yaml';

const schema = z.object({
  text: z.string().trim().max(TEXT_LIMIT, 'That note is too long.'),
  fork: z.string(),
  files: z.array(z.string()).max(FILES_LIMIT, `A patch has at most ${FILES_LIMIT} files.`),
  apply: z.boolean(),
  manifest: z.string().max(MANIFEST_LIMIT, 'That manifest is too long.'),
  traceHost: z.string().trim().max(253, 'That is no host name.'),
  tracePort: z.coerce.number().int().min(1).max(65_535),
});

/** What staff send: a note, files of a fork, a manifest, the way of a request. */
export type ReplyFields = z.input<typeof schema>;

/** How the files of the asker's fork differ from what the learner has now. */
export async function forkDiff(
  prisma: PrismaClient,
  registry: Registry,
  asker: Asker,
  cohortId: string,
  forkId: string,
): Promise<ForkDiff> {
  await demand(prisma, asker, cohortId, 'help');
  const fork = await prisma.workspace.findFirst({ where: { id: forkId, userId: asker.id } });
  if (fork === null || fork.forkedFromId === null)
    throw new AppError('not-found', 'There is no such fork of yours.');
  await learnersWorkspace(prisma, cohortId, fork.forkedFromId);
  const [theirs, ours] = await Promise.all(
    [fork.forkedFromId, forkId].map((id) => registry.look(id, shownFiles)),
  );
  const has = new Map((theirs ?? []).map(({ path, text }) => [path, text]));
  return {
    files: (ours ?? [])
      .filter(({ path, text }) => has.get(path) !== text)
      .map(({ path, text }) => ({ path, text, isNew: !has.has(path) })),
  };
}

/** Sends something to a learner's lab page; a patch does nothing until they apply it. */
export async function sendReply(
  prisma: PrismaClient,
  registry: Registry,
  bus: Bus,
  asker: Asker,
  cohortId: string,
  workspaceId: string,
  fields: ReplyFields,
): Promise<void> {
  const standing = await demandOpen(prisma, asker, cohortId, 'help');
  const row = await learnersWorkspace(prisma, cohortId, workspaceId);
  const { text, fork, files, apply, manifest, traceHost, tracePort } = parsed(schema, fields);
  const chosen =
    fork === '' || files.length === 0
      ? []
      : (await forkDiff(prisma, registry, asker, cohortId, fork)).files.filter(({ path }) =>
          files.includes(path),
        );
  const patch = patchOf(chosen, apply, manifest);
  const trace =
    traceHost === ''
      ? undefined
      : await registry.look(fork || workspaceId, (workspace) =>
          traceRequest(workspace, { type: 'trace', id: 0, host: traceHost, port: tracePort }),
        );
  if (text === '' && patch === undefined && trace === undefined)
    throw new AppError('invalid', 'Write a note, choose files, or name a request to look at.');
  await prisma.$transaction([
    prisma.helpReply.create({
      data: {
        id: randomUUID(),
        workspaceId,
        byId: asker.id,
        text,
        ...(patch === undefined ? {} : { patch: patch as unknown as Prisma.InputJsonObject }),
        ...(trace === undefined ? {} : { trace: trace as unknown as Prisma.InputJsonObject }),
      },
    }),
    prisma.auditEntry.create({
      data: auditRow(standing, {
        action: patch === undefined ? 'sent a note' : 'sent a patch',
        subject: row.learner,
        details: { lab: row.lab.title, ...(patch === undefined ? {} : { files: patch.files.length }) },
      }),
    }),
  ]);
  bus.publish(topics.workspace(workspaceId));
}

function patchOf(
  chosen: readonly { readonly path: string; readonly text: string }[],
  apply: boolean,
  manifest: string,
): PatchView | undefined {
  const pasted = manifest.trim() === '' ? [] : [{ path: MANIFEST_PATH, text: `${manifest.trim()}\n` }];
  const files = [...chosen.map(({ path, text }) => ({ path, text })), ...pasted];
  if (files.length === 0) return undefined;
  for (const { path } of files) toWorkspacePath(path);
  const manifests = files.filter(({ path }) => /\.ya?ml$/.test(path)).map(({ path }) => path);
  return { files, apply: apply ? manifests : pasted.map(({ path }) => path) };
}
