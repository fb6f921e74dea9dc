import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { anchorHeadings } from '../../../app/chapters/_content/anchor-headings';
import { readChapters } from '../../server/chapter-library';
import { readGlossary } from '../../server/glossary';
import { renderMarkdown } from '../../server/markdown';
import { keptPictures, pictureFile, takePicture, writePictures } from './pictures.test-support';
import { readPage } from './read-page';
import { typePage } from './type-page';

const folder = fileURLToPath(new URL('../../../chapters/', import.meta.url));
const courseFile = `${folder}../labs/course.yaml`;
const chapters = await readChapters(folder, courseFile);
const written = chapters.filter(({ markdown }) => markdown !== '');

describe('the course is whole', () => {
  it('[CH1] labs/course.yaml speaks of chapters that there are', () => {
    const { chapters: listed } = parse(readFileSync(courseFile, 'utf8'));
    const known = chapters.map(({ slug }) => slug);
    expect(listed.map(({ id }: { id: string }) => id).filter((id: string) => !known.includes(id))).toEqual(
      [],
    );
    expect(chapters.filter(({ labs }) => labs.length > 0)).toHaveLength(listed.length);
  });

  it('[CH1] order.yaml names every file, and no other', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(chapters.map(({ slug }) => `${slug}.md`).sort()).toEqual(files.sort());
  });

  it.each(written)('[CH5] links of $slug lead somewhere', async ({ markdown }) => {
    const terms = (await readGlossary(`${folder}glossary.yaml`)).map(({ id }) => `/glossary#${id}`);
    const known = new Set([
      ...terms,
      '/glossary',
      '/chapters',
      ...written.map(({ slug }) => `/chapters/${slug}`),
      ...chapters.flatMap(({ labs }) => labs.map((lab) => `/labs/${lab}`)),
    ]);
    const { html, headings } = anchorHeadings(await renderMarkdown(markdown));
    const own = headings.map(({ id }) => `#${id}`);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href ?? '');
    expect(links.filter((href) => !known.has(href) && !own.includes(href) && !/^https:/.test(href))).toEqual(
      [],
    );
    expect(new Set(own).size).toBe(own.length);
  });

  it.each(written)('[CH6] $slug is no stub and no book', ({ markdown }) => {
    const words = (text: string) => text.match(/[\p{L}\d][\p{L}\d’'.-]*/gu)?.length ?? 0;
    expect(words(markdown)).toBeGreaterThanOrEqual(600);
    expect(words(markdown.replace(/```.*?```/gs, ''))).toBeGreaterThanOrEqual(400);
    expect(words(markdown.replace(/```.*?```/gs, ''))).toBeLessThanOrEqual(1400);
  });
});

/** A page of MongoDB is half an hour of virtual time; a busy machine needs its share of ours. */
const PAGE_TIMEOUT_MS = 120_000;

describe('what a chapter shows is what a cluster prints', { timeout: PAGE_TIMEOUT_MS }, () => {
  it.each(written)('[CH2] $slug', async ({ slug, markdown, cluster }) => {
    const blocks = readPage(markdown);
    const pictures = { kept: keptPictures(folder, slug), take: takePicture };
    const typed = await typePage(markdown, blocks, cluster, pictures);
    const { differences, commands, markdown: seen } = typed;
    if (process.env.UPDATE === '1') {
      const path = `${folder}${slug}.md`;
      writeFileSync(pictureFile(folder, slug), writePictures(typed.pictures));
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(markdown, () => seen),
      );
      return;
    }
    expect(differences).toEqual([]);
    expect(commands).toBeGreaterThan(3);
  });

  it.each(written)('[CH7] $slug has a diagram, and no picture that nobody shows', ({ slug, markdown }) => {
    const names = readPage(markdown).flatMap((block) => (block.kind === 'diagram' ? [block.name] : []));
    expect(names.length).toBeGreaterThan(0);
    expect(Object.keys(keptPictures(folder, slug))).toEqual(names);
  });

  it.each(written)('[CH4] a later command of $slug uses each file it prints', ({ markdown }) => {
    const blocks = readPage(markdown);
    const unused = blocks.filter(
      (block, index) =>
        block.kind === 'file' &&
        !blocks
          .slice(index)
          .some(
            (later) =>
              later.kind === 'console' && later.commands.some(({ command }) => command.includes(block.name)),
          ),
    );
    expect(unused).toEqual([]);
  });
});
