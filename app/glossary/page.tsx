import type { Metadata } from 'next';
import Link from 'next/link';
import { readChapters, readGlossary, renderMarkdown } from '../../lib/server';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { trustedHtml } from '../_ui/trusted-html';
import styles from './page.module.css';

/** Title and summary of the glossary. */
export const metadata: Metadata = {
  title: 'Glossary',
  description: 'The words of the course, each in one sense, with the chapter that tells more.',
};

export default async function GlossaryPage() {
  const [terms, chapters] = await Promise.all([readGlossary(), readChapters()]);
  const entries = await Promise.all(
    terms.map(async (term) => ({
      ...term,
      html: await renderMarkdown(term.means),
      more: chapters.find(({ slug, markdown }) => slug === term.chapter && markdown !== ''),
    })),
  );
  return (
    <>
      <SiteHeader />
      <main id="main" className={styles.page}>
        <h1>Glossary</h1>
        <dl className={styles.terms}>
          {entries.map(({ id, term, html, more }) => (
            <div key={id} id={id}>
              <dt>{term}</dt>
              <dd>
                <div className="prose" {...trustedHtml(html)} />
                {more ? (
                  <p>
                    <Link href={`/chapters/${more.slug}`}>
                      Chapter {more.number}: {more.title}
                    </Link>
                  </p>
                ) : null}
              </dd>
            </div>
          ))}
        </dl>
      </main>
      <SiteFooter />
    </>
  );
}
