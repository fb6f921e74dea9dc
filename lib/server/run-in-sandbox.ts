import { chapterBlocks, type SandboxErrand, sandboxErrand } from './chapter-blocks';
import { readChapters } from './chapter-library';
import type { Guest } from './guests';
import { type Learning, openLabFor } from './learner';
import type { LiveWorkspace, PageSocket } from './live';
import type { ServerMessage } from './protocol';
import { SANDBOX_TRACK, sandboxSlug } from './sandbox-lab';

/** The page that is not there yet: it sees nothing, and its size is that of a terminal before anybody pulls at it. */
const SIZE = { columns: 100, rows: 30 };

/**
 * Does what a chapter's block says in the learner's sandbox of that chapter's kind, as if typed there; gives the sandbox's
 * address, or undefined when there is no such block. Only the course's own text is ever typed: what is asked for is a place in it.
 */
export async function runInSandbox(
  learning: Learning,
  guest: Guest,
  slug: string,
  block: number,
): Promise<string | undefined> {
  const chapter = (await readChapters()).find((each) => each.slug === slug);
  const errand = chapter && sandboxErrand(chapterBlocks(slug, chapter.markdown), block);
  if (chapter === undefined || errand === undefined) return undefined;
  const cloud = chapter.cluster.cloud ?? 'none';
  const sandbox = sandboxSlug({ nodes: 3, cloud, proxyMode: 'iptables', seed: 1 });
  const opened = await openLabFor(learning, guest, SANDBOX_TRACK, sandbox);
  if (opened === undefined) return undefined;
  await carryOut(errand, await learning.registry.fetch(opened.workspaceId));
  return `/labs/${SANDBOX_TRACK}/${sandbox}`;
}

/** Time goes on in the sandbox until its page has surely come. */
const HOLD_MS = 10_000;

/** Comes to the sandbox as a page would, saves what it has not got, types, and stays until somebody looks. */
function carryOut({ files, own, keys }: SandboxErrand, live: LiveWorkspace): Promise<void> {
  return new Promise((resolve) => {
    let waitsFor = 0;
    const type = () => {
      live.receive(nobody, { type: 'keys', data: keys });
      resolve();
    };
    const save = (there: ReadonlySet<string>) => {
      // What the reader made of the page's earlier files stays; the block itself was asked for.
      const missing = files.filter(({ path }) => path === own || !there.has(path));
      waitsFor = missing.length;
      missing.forEach((file, at) => {
        live.receive(nobody, { type: 'save', id: at + 1, ...file });
      });
      if (waitsFor === 0) type();
    };
    const nobody: PageSocket = {
      backlog: 0,
      close: () => resolve(),
      send(text) {
        const message: ServerMessage = JSON.parse(text);
        if (message.type === 'welcome') save(new Set(message.files.map(({ path }) => path)));
        // Files are saved in order; what is typed may use them.
        else if ((message.type === 'done' || message.type === 'failed') && message.id === waitsFor) type();
      },
    };
    live.receive(nobody, { type: 'hello', size: SIZE });
    setTimeout(() => live.detach(nobody), HOLD_MS).unref();
  });
}
