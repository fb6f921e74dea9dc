import type { Code, Nodes } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { purposeOfFence } from './lesson-directives';

/** What a chapter's code block is to a sandbox; undefined for what is only shown. */
export type ChapterBlock =
  | { readonly kind: 'manifest'; readonly path: string; readonly text: string }
  | { readonly kind: 'commands'; readonly commands: readonly string[] }
  | undefined;

/** What has to be done in a sandbox for one block: files are saved first, then keys typed. */
export interface SandboxErrand {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Which of them the block itself is. */
  readonly own: string | undefined;
  readonly keys: string;
}

/** The code blocks of a chapter, in its order. */
export function chapterBlocks(slug: string, markdown: string): readonly ChapterBlock[] {
  const page = unified().use(remarkParse).use(remarkDirective).parse(markdown);
  return fences(page).map((code, index) => readBlock(code, `${slug}-${index + 1}.yaml`));
}

function fences(node: Nodes): readonly Code[] {
  if (node.type === 'code') return [node];
  return 'children' in node ? node.children.flatMap(fences) : [];
}

function readBlock(code: Code, name: string): ChapterBlock {
  const { file } = purposeOfFence(code);
  if ((code.meta ?? '').split(/\s+/).includes('shown')) return undefined;
  if (file !== undefined || code.lang === 'yaml')
    return { kind: 'manifest', path: file ?? name, text: `${code.value}\n` };
  return code.lang === 'console' ? { kind: 'commands', commands: readCommands(code.value) } : undefined;
}

/** Lines after "$ "; "> " goes on with the one before, as long as nothing was printed. */
function readCommands(text: string): readonly string[] {
  const commands: string[] = [];
  let printed = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) commands.push(line.slice(2));
    else if (line.startsWith('> ') && !printed) commands.push(`${commands.pop() ?? ''}\n${line.slice(2)}`);
    printed = !/^[$>] /.test(line);
  }
  return commands;
}

/**
 * What opening a block in a sandbox does: the files that the page has had so far are saved; commands are typed, the last of
 * them left at the prompt for the reader to press Enter.
 */
export function sandboxErrand(blocks: readonly ChapterBlock[], index: number): SandboxErrand | undefined {
  const block = blocks[index];
  if (block === undefined) return undefined;
  const files = new Map<string, string>();
  for (const each of blocks.slice(0, index + 1))
    if (each?.kind === 'manifest') files.set(each.path, each.text);
  const commands =
    block.kind === 'commands'
      ? block.commands
      : [/\.ya?ml$/.test(block.path) ? `kubectl apply -f ${block.path}` : `cat ${block.path}`];
  const keys = commands.join('\r').replaceAll('\n', '\r');
  const own = block.kind === 'manifest' ? block.path : undefined;
  return { files: [...files].map(([path, text]) => ({ path, text })), own, keys };
}
