import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { renderMarkdown } from '../../../lib/server';
import { anchorHeadings, type Prose } from './anchor-headings';

/** Reads and renders a chapter's Markdown from beside this file. */
export async function readChapter(name: string): Promise<Prose> {
  const file = path.join(process.cwd(), 'app/chapters/_content', `${name}.md`);
  return anchorHeadings(await renderMarkdown(await readFile(file, 'utf8')));
}
