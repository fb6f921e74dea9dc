import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { type Chapter, readChapters, readGlossary } from '../../../lib/server';
import { SiteFooter } from '../../_ui/site-footer';
import { SiteHeader } from '../../_ui/site-header';
import { trustedHtml } from '../../_ui/trusted-html';
import { chapterProse } from '../_content/chapter-prose';
import { linkTerms } from '../_content/link-terms';
import { readDiagrams } from '../_content/read-diagrams';
import { splitProse } from '../_content/split-prose';
import { ChapterDiagram } from './_components/chapter-diagram';
import { ChapterLabs } from './_components/chapter-labs';
import { NextAndPrevious } from './_components/next-and-previous';
import styles from './page.module.css';

interface Props {
  readonly params: Promise<{ readonly slug: string }>;
}

/** Only chapters that there are have a page. */
export const dynamicParams = false;

/** One page for each chapter that is written. */
export async function generateStaticParams(): Promise<{ slug: string }[]> {
  return (await written()).map(({ slug }) => ({ slug }));
}

/** Title and summary of the chapter. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug } = await params;
  const chapter = (await written()).find((each) => each.slug === slug);
  return chapter === undefined ? {} : { title: chapter.title, description: chapter.summary };
}

async function written(): Promise<readonly Chapter[]> {
  return (await readChapters()).filter(({ markdown }) => markdown !== '');
}

export default async function ChapterPage({ params }: Props) {
  const { slug } = await params;
  const chapters = await written();
  const at = chapters.findIndex((each) => each.slug === slug);
  const chapter = chapters[at];
  if (chapter === undefined) notFound();
  const [prose, terms, diagrams] = await Promise.all([
    chapterProse(chapter),
    readGlossary(),
    readDiagrams(slug),
  ]);
  const pieces = splitProse(linkTerms(prose.html, terms));
  return (
    <>
      <SiteHeader />
      <main id="main" className={styles.page}>
        <header className={styles.head}>
          <p className="caps">
            Chapter {chapter.number} of {chapters.length}
          </p>
          <h1>{chapter.title}</h1>
          <p className={styles.summary}>{chapter.summary}</p>
        </header>
        <aside className={styles.side} aria-label="This chapter">
          <nav aria-label="In this chapter">
            <ol>
              {prose.headings.map((heading) => (
                <li key={heading.id}>
                  <a href={`#${heading.id}`}>{heading.text}</a>
                </li>
              ))}
            </ol>
          </nav>
          <ChapterLabs labs={chapter.labs} />
          <p className={styles.glossary}>
            <Link href="/glossary">Glossary</Link>
          </p>
        </aside>
        <article className={styles.text}>
          {pieces.map((piece, index) => {
            if (piece.kind === 'html')
              return <div key={`text-${index}`} className="prose" {...trustedHtml(piece.html)} />;
            const scene = diagrams[piece.name];
            return scene === undefined ? null : (
              <ChapterDiagram key={piece.name} name={piece.name} scene={scene} caption={piece.caption} />
            );
          })}
          <ChapterLabs labs={chapter.labs} large />
          <NextAndPrevious previous={chapters[at - 1]} next={chapters[at + 1]} />
        </article>
      </main>
      <SiteFooter />
    </>
  );
}
