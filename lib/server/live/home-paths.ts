import { HOME, type WorkspaceInput } from '../../workspace';
import { AppError } from '../app-error';
import type { ClientMessage } from '../protocol';

const PATH_LIMIT = 200;

/** The absolute path of a page's path, which is relative to the home folder; nothing outside it can be named. */
export function toWorkspacePath(path: string): string {
  const parts = path.split('/');
  const fits =
    path.length <= PATH_LIMIT && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!fits || path.includes('\0'))
    throw new AppError('invalid', `"${path}" is not a file name in the home folder.`);
  return `${HOME}/${path}`;
}

/** The page's path of a file, or undefined when the page does not show it: outside the home folder, or hidden. */
export function toPagePath(path: string): string | undefined {
  if (!path.startsWith(`${HOME}/`)) return undefined;
  const relative = path.slice(HOME.length + 1);
  return relative.split('/').some((part) => part.startsWith('.')) ? undefined : relative;
}

/** How pages name the file that a command waits for: wherever it is, they may edit it. */
export const toEditingPath = (path: string): string => toPagePath(path) ?? path;

/** What the page's editor asks for, as an input of the workspace; `editing` is the file that a command waits for. */
export function editInput(
  message: Extract<ClientMessage, { type: 'save' | 'remove' | 'rename' | 'edited' }>,
  editing: string | undefined,
): WorkspaceInput {
  const awaited = editing !== undefined && toEditingPath(editing) === message.path;
  const path = awaited ? editing : toWorkspacePath(message.path);
  if (message.type === 'edited') return { kind: 'edited', path, edited: true };
  if (message.type === 'save') return { kind: 'save', path, text: message.text };
  if (message.type === 'remove') return { kind: 'remove', path };
  return { kind: 'rename', path, to: toWorkspacePath(message.to) };
}
