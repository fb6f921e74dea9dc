import type { Files } from '../base';
import type { WorkspaceInput } from './seams';

/** Does to the files what the page's editor asked for; missing folders are made. Failures are `FileError`s. */
export function saveFile(files: Files, input: WorkspaceInput): void {
  if (input.kind === 'save') {
    makeFolders(files, input.path);
    files.write(input.path, input.text);
  } else if (input.kind === 'remove') {
    if (files.stat(input.path)) files.remove(input.path);
  } else if (input.kind === 'rename') {
    makeFolders(files, input.to);
    if (files.stat(input.path)) files.rename(input.path, input.to);
  }
}

function makeFolders(files: Files, path: string): void {
  const parts = path.split('/').slice(1, -1);
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const folder = `/${parts.slice(0, depth).join('/')}`;
    if (!files.stat(folder)) files.mkdir(folder);
  }
}
