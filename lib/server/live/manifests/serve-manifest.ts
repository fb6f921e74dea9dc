import { AppError } from '../../app-error';
import type { KubeHost } from '../../kube-api';
import type { ClientMessage, ServerMessage } from '../../protocol';
import { toWorkspacePath } from '../home-paths';
import { applyManifest, asItIs } from './apply-manifest';
import { diffManifest } from './diff-manifest';

/** What a page asks of a manifest in the home folder. */
export type ManifestMessage = Extract<ClientMessage, { type: 'apply' | 'diff' | 'reread' }>;

/** Answers it. Not in turn: kubectl asks and writes piece by piece, each in its turn. */
export async function serveManifest(
  host: KubeHost,
  { type, id, path }: ManifestMessage,
): Promise<ServerMessage> {
  const { files } = await host.present();
  if (files.stat(toWorkspacePath(path))?.kind !== 'file')
    throw new AppError('invalid', `There is no file ${path} in the home folder.`);
  const session = `editor-${Date.now()}-${id}`;
  if (type === 'apply')
    return { type: 'applied', id, path, applied: await applyManifest(host, session, path) };
  if (type === 'diff') return { type: 'differs', id, path, diff: await diffManifest(host, session, path) };
  const text = await asItIs(host, session, path);
  if (text === undefined)
    throw new AppError('invalid', `What ${path} is about is not in the cluster any more.`);
  return { type: 'reread', id, path, text };
}
