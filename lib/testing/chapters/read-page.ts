import type { Code, Nodes } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** One command of a console block, and what the page shows below it. */
export interface ShownCommand {
  readonly command: string;
  readonly screen: readonly string[];
}

/** What a page asks of its cluster, in order. */
export type PageBlock = (
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'manifest'; readonly text: string }
  | { readonly kind: 'console'; readonly commands: readonly ShownCommand[] }
  /** A picture of the cluster as it is where the page has come to, and of the request that `asked` describes. */
  | { readonly kind: 'diagram'; readonly name: string; readonly asked: Readonly<Record<string, string>> }
) & {
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** Of the first character after the opening fence's line and of the closing fence. */
  readonly from: number;
  readonly to: number;
};

/** A fence with this word is shown and not tried. */
const SHOWN = 'shown';
/** Languages whose blocks are always tried, unless marked. */
const TRIED = new Set(['yaml', 'console']);
/** Languages that need a mark, because they look as if somebody had tried them. */
const SUSPECT = new Set(['sh', 'bash', 'shell', 'yml']);

/** The blocks of a page that its test tries; throws at a fence that hides from it. */
export function readPage(markdown: string): readonly PageBlock[] {
  const page = unified().use(remarkParse).use(remarkDirective).parse(markdown);
  return tried(page).flatMap((node) => {
    const block = node.type === 'code' ? readFence(node, markdown) : readDiagram(node);
    return block === undefined ? [] : [block];
  });
}

type Directive = Extract<Nodes, { type: 'containerDirective' }>;

function tried(node: Nodes): readonly (Code | Directive)[] {
  if (node.type === 'code' || (node.type === 'containerDirective' && node.name === 'diagram')) return [node];
  return 'children' in node ? node.children.flatMap(tried) : [];
}

function readDiagram({ attributes, position }: Directive): PageBlock {
  const { name, ...rest } = attributes ?? {};
  const line = position?.start.line ?? 0;
  if (!name) throw new Error(`line ${line}: a diagram has a name, as in :::diagram{name=request}`);
  const asked = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, value ?? '']));
  return { kind: 'diagram', name, asked, line, from: 0, to: 0 };
}

function readFence(code: Code, markdown: string): PageBlock | undefined {
  const words = (code.meta ?? '').split(/\s+/);
  const name = words.find((word) => word.startsWith('file='))?.slice('file='.length);
  const language = code.lang ?? '';
  const { start, end } = code.position ?? {};
  if (start?.offset === undefined || end?.offset === undefined) throw new Error('a fence has no position');
  if (words.includes(SHOWN)) return undefined;
  const from = markdown.indexOf('\n', start.offset) + 1;
  const place = { line: start.line, from, to: markdown.lastIndexOf('\n', end.offset - 1) + 1 };
  if (name !== undefined) return { kind: 'file', name, text: `${code.value}\n`, ...place };
  if (SUSPECT.has(language))
    throw new Error(`line ${start.line}: write "console" (tried) or "${language} ${SHOWN}"`);
  if (!TRIED.has(language)) return undefined;
  if (language === 'yaml') return { kind: 'manifest', text: `${code.value}\n`, ...place };
  return { kind: 'console', commands: readConsole(code.value, start.line), ...place };
}

function readConsole(text: string, line: number): readonly ShownCommand[] {
  const commands: { command: string; screen: string[] }[] = [];
  for (const each of text.split('\n')) {
    const last = commands.at(-1);
    if (each.startsWith('$ ')) commands.push({ command: each.slice(2), screen: [] });
    else if (last === undefined) throw new Error(`line ${line}: "${each}" stands before the first "$ "`);
    else if (each.startsWith('> ') && last.screen.length === 0) last.command += `\n${each.slice(2)}`;
    else last.screen.push(each);
  }
  return commands;
}

/** A console block's text, as `readPage` reads it. */
export function writeConsole(commands: readonly ShownCommand[]): string {
  const lines = commands.flatMap(({ command, screen }) => [
    `$ ${command.replaceAll('\n', '\n> ')}`,
    ...screen,
  ]);
  return lines.map((each) => `${each}\n`).join('');
}
