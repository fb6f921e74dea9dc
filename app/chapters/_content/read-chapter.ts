import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { renderMarkdown } from '../../../lib/server';

/** A heading of a chapter, for its table of contents. */
export interface Heading {
  readonly id: string;
  readonly text: string;
}

/** A chapter's prose as sanitised HTML, with anchors on its headings. */
export interface Prose {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** An anchor for a heading's text: "The path of a request" → "the-path-of-a-request". */
export function anchor(text: string): string {
  return text
    .toLowerCase()
    .replace(/<[^>]+>|&[a-z]+;/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Gives second-level headings ids and lists them. */
export function anchorHeadings(html: string): Prose {
  const headings: Heading[] = [];
  const anchored = html.replace(/<h2[^>]*>(.*?)<\/h2>/gs, (_match, inner: string) => {
    const text = inner.replace(/<[^>]+>/g, '');
    const id = anchor(text);
    headings.push({ id, text });
    return `<h2 id="${id}">${inner}</h2>`;
  });
  return { html: anchored, headings };
}

/** Reads and renders a chapter's Markdown from beside this file. */
export async function readChapter(name: string): Promise<Prose> {
  const file = path.join(process.cwd(), 'app/chapters/_content', `${name}.md`);
  return anchorHeadings(await renderMarkdown(await readFile(file, 'utf8')));
}
