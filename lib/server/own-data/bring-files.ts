import type { LiveWorkspace, PageSocket } from '../live';
import type { ServerMessage } from '../protocol';

interface OwnFile {
  readonly path: string;
  readonly text: string;
}

/** Whoever brings files needs no screen. */
const SIZE = { columns: 100, rows: 30 };

/**
 * Saves files in a workspace as its page's editor would, and tells how many were new. One whose name is taken by another text
 * comes beside it as "brought-NAME": nothing that is there is lost.
 */
export function bringFiles(live: LiveWorkspace, files: readonly OwnFile[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let left = 0;
    let brought = 0;
    const end = () => {
      live.detach(nobody);
      resolve(brought);
    };
    const save = (there: ReadonlyMap<string, string>) => {
      const news = files.filter(
        ({ path, text }) => there.get(path) !== text && there.get(beside(path)) !== text,
      );
      left = news.length;
      news.forEach(({ path, text }, at) => {
        live.receive(nobody, { type: 'save', id: at + 1, path: there.has(path) ? beside(path) : path, text });
      });
      if (left === 0) end();
    };
    const nobody: PageSocket = {
      backlog: 0,
      close: (_code, reason) => reject(new Error(`the workspace was closed: ${reason}`)),
      send(text) {
        const message: ServerMessage = JSON.parse(text);
        if (message.type === 'welcome') save(new Map(message.files.map((file) => [file.path, file.text])));
        if (message.type !== 'done' && message.type !== 'failed') return;
        left -= 1;
        if (message.type === 'done') brought += 1;
        if (left === 0) end();
      },
    };
    live.receive(nobody, { type: 'hello', size: SIZE });
  });
}

function beside(path: string): string {
  const at = path.lastIndexOf('/') + 1;
  return `${path.slice(0, at)}brought-${path.slice(at)}`;
}
