import { type Chapter, chapterBlocks, renderMarkdown } from '../../../lib/server';
import { anchorHeadings, type Prose } from './anchor-headings';
import { codeBars } from './code-bars';

/** Made once for each state of a chapter: it is the same for everybody, and takes a tenth of a second. */
const made = new WeakMap<Chapter, Promise<Prose>>();

/** A chapter's prose with anchors on its headings and bars over its code. */
export function chapterProse(chapter: Chapter): Promise<Prose> {
  const known = made.get(chapter);
  if (known !== undefined) return known;
  const prose = makeProse(chapter);
  made.set(chapter, prose);
  prose.catch(() => made.delete(chapter));
  return prose;
}

async function makeProse({ slug, markdown }: Chapter): Promise<Prose> {
  const { html, headings } = anchorHeadings(await renderMarkdown(markdown));
  const runnable = chapterBlocks(slug, markdown).map((block) => block !== undefined);
  return { html: codeBars(html, slug, runnable), headings };
}
