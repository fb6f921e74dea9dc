import type { Code, Nodes } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { type FencePurpose, purposeOfFence } from '../lesson-directives';

/** A code block of a lesson that does something when the lesson is followed. */
export interface LessonBlock {
  readonly kind: 'command' | 'output' | 'file' | 'other';
  readonly text: string;
  readonly line: number;
  readonly purpose: FencePurpose;
}

/** The tree of a lesson's Markdown. */
export const parseLesson = (markdown: string): Nodes =>
  unified().use(remarkParse).use(remarkGfm).use(remarkDirective).parse(markdown);

/** The code blocks of a lesson, in order. */
export function lessonBlocks(markdown: string): readonly LessonBlock[] {
  const blocks: LessonBlock[] = [];
  walk(parseLesson(markdown), (code, purpose) => {
    const kind =
      code.lang === 'output'
        ? 'output'
        : purpose.file !== undefined
          ? 'file'
          : purpose.run || purpose.type
            ? 'command'
            : 'other';
    blocks.push({ kind, text: code.value, line: code.position?.start.line ?? 1, purpose });
  });
  return blocks;
}

function walk(
  node: Nodes,
  take: (code: Code, purpose: FencePurpose) => void,
  outer: FencePurpose = {},
): void {
  if (node.type === 'code') take(node, { ...outer, ...purposeOfFence(node) });
  if (!('children' in node)) return;
  const inner = node.type === 'containerDirective' ? { ...outer, ...purposeOfContainer(node) } : outer;
  for (const child of node.children) walk(child, take, inner);
}

function purposeOfContainer(node: Extract<Nodes, { type: 'containerDirective' }>): FencePurpose {
  const path = node.attributes?.path;
  if (node.name === 'run') return { run: true };
  if (node.name === 'type') return { type: true };
  return node.name === 'file' && path ? { file: path } : {};
}
