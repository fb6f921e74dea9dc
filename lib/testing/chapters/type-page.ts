import { createWorkspace, HOME, type Workspace, type WorkspaceOptions } from '../../workspace';
import { Words } from './chance';
import { type PageBlock, type ShownCommand, writeConsole } from './read-page';

/** What a page's reader has waited before a block, and between two commands of one: virtual seconds. */
const BEFORE_BLOCK_S = 30;
const BEFORE_COMMAND_S = 5;

/** A Monday in January; three nodes, and every image can be pulled. */
const OPTIONS: WorkspaceOptions = { seed: 1, startAt: 1_767_603_600_000, nodes: 3, images: 'any' };

/** Where a page and its cluster part. */
export interface Difference {
  readonly line: number;
  readonly command: string;
  readonly shown: readonly string[];
  readonly seen: readonly string[];
}

/** What became of a page: its differences, and its text with what the cluster printed. */
export interface Typed {
  readonly commands: number;
  readonly differences: readonly Difference[];
  readonly markdown: string;
  /** The lines that each diagram's picture is kept as, by its name. */
  readonly pictures: Readonly<Record<string, readonly string[]>>;
}

/** Takes the picture of a diagram; the workspace is a copy. Its lines hold what chance decided. */
export type TakePicture = (
  workspace: Workspace,
  asked: Readonly<Record<string, string>>,
) => readonly string[];

/** The pictures as the page has them, and how they are taken. */
export interface Pictures {
  readonly kept: Readonly<Record<string, readonly string[]>>;
  readonly take: TakePicture;
}

/** Tries a page's blocks, in order, in one fresh workspace. */
export async function typePage(
  markdown: string,
  blocks: readonly PageBlock[],
  cluster: Pick<WorkspaceOptions, 'cloud'> = {},
  pictures: Pictures = { kept: {}, take: () => [] },
): Promise<Typed> {
  const workspace = await createWorkspace({ ...OPTIONS, ...cluster });
  const words = new Words();
  const differences: Difference[] = [];
  const written: { readonly block: PageBlock; readonly text: string }[] = [];
  const taken: Record<string, readonly string[]> = {};
  let commands = 0;
  for (const block of blocks) {
    if (block.kind === 'diagram') {
      // On a copy, and after the usual wait: what the page does next does not depend on its pictures.
      const copy = workspace.fork();
      await wait(copy, BEFORE_BLOCK_S);
      const shown = pictures.kept[block.name] ?? [];
      const asked = Object.entries(block.asked).map(([key, value]) => [key, words.translate(value)] as const);
      const seen = pictures.take(copy, Object.fromEntries(asked));
      const same = words.sameScreen(shown, seen);
      taken[block.name] = same ? shown : seen.map((line) => words.retell(line));
      if (!same) differences.push({ line: block.line, command: `diagram ${block.name}`, shown, seen });
      continue;
    }
    await wait(workspace, BEFORE_BLOCK_S);
    if (block.kind === 'file') workspace.files.write(`${HOME}/${block.name}`, block.text);
    if (block.kind === 'manifest') differences.push(...(await applied(workspace, block)));
    if (block.kind !== 'console') continue;
    const typed: ShownCommand[] = [];
    for (const [index, { command, screen }] of block.commands.entries()) {
      if (index > 0) await wait(workspace, BEFORE_COMMAND_S);
      const line = words.translate(command);
      const seen = await screenOf(workspace, line);
      commands += 1;
      const same = words.sameScreen(screen, seen);
      if (!same) differences.push({ line: block.line, command: line, shown: screen, seen });
      typed.push(same ? { command, screen } : { command: line, screen: seen });
    }
    written.push({ block, text: writeConsole(typed) });
  }
  workspace.close();
  const text = written.reduceRight(
    (whole, { block, text }) => whole.slice(0, block.from) + text + whole.slice(block.to),
    markdown,
  );
  return { commands, differences, markdown: text, pictures: taken };
}

async function wait(workspace: Workspace, seconds: number): Promise<void> {
  await workspace.run(`sleep ${seconds}`, { out: () => undefined, err: () => undefined });
}

async function applied(workspace: Workspace, block: PageBlock & { kind: 'manifest' }): Promise<Difference[]> {
  workspace.files.write('/tmp/page.yaml', block.text);
  const command = 'kubectl apply -f /tmp/page.yaml';
  const lines: string[] = [];
  const keep = (text: string) => lines.push(text);
  const status = await workspace.run(command, { out: keep, err: keep });
  return status === 0 ? [] : [{ line: block.line, command, shown: ['(applied)'], seen: lines }];
}

/** What a terminal shows for a command: both streams, in the order of writing. */
async function screenOf(workspace: Workspace, command: string): Promise<readonly string[]> {
  const pieces: string[] = [];
  const keep = (text: string) => pieces.push(text);
  await workspace.run(command, { out: keep, err: keep });
  const text = pieces.join('');
  return text === ''
    ? []
    : text
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.trimEnd());
}
