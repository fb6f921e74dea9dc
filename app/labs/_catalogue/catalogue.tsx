import buttons from '../../_ui/button.module.css';
import { titleOf } from '../../_ui/title-of';
import styles from './catalogue.module.css';
import type { CatalogueEntry } from './catalogue-entry';
import { fitsSearch } from './fits-search';

/** A chapter or a skill with its labs. */
export interface CatalogueGroup {
  readonly id: string;
  /** The chapter's place in the course. */
  readonly number?: number;
  readonly title: string;
  readonly href: string;
  /** Keys of its labs. */
  readonly labs: readonly string[];
}

/** By what the catalogue can be listed. */
export type ListedBy = 'chapter' | 'skill';

const WORDS = { open: '', started: 'Begun', passed: 'Passed' } as const;

function Row({ lab, fits }: { readonly lab: CatalogueEntry; readonly fits: boolean }) {
  return (
    <li data-next={lab.next} data-key={lab.key} data-text={lab.text} hidden={!fits}>
      <div>
        <h3>
          <a href={`/labs/${lab.key}`} data-lab>
            {lab.title}
          </a>
        </h3>
        <p>{lab.summary}</p>
      </div>
      <p className={styles.skills}>
        {lab.skills.map((skill) => (
          <a key={skill} href={`/skills#${skill}`}>
            {titleOf(skill)}
          </a>
        ))}
      </p>
      <p className={styles.facts}>
        <span>{lab.minutes} min</span>
        <span>
          {lab.tasks} {lab.tasks === 1 ? 'task' : 'tasks'}
        </span>
        {lab.status === 'open' ? null : <span data-status={lab.status}>{WORDS[lab.status]}</span>}
        {lab.next ? (
          <span className={styles.next}>{lab.status === 'started' ? 'Go on here' : 'Next'}</span>
        ) : null}
      </p>
    </li>
  );
}

/**
 * All labs by chapter or by skill, narrowed by a search. Both are an address, so they work without script; with it
 * (`_document/catalogue-search.ts`) a search narrows the list as one types.
 */
export function Catalogue({
  entries,
  groups,
  by,
  typed,
}: {
  readonly entries: readonly CatalogueEntry[];
  readonly groups: readonly CatalogueGroup[];
  readonly by: ListedBy;
  readonly typed: string;
}) {
  const fitting = new Set(entries.filter(({ text }) => fitsSearch(text, typed)).map(({ key }) => key));
  const listed = (each: ListedBy) =>
    `/labs?${new URLSearchParams({ by: each, ...(typed === '' ? {} : { q: typed }) })}`;
  return (
    <div data-catalogue>
      <search className={styles.bar}>
        <form action="/labs" method="get">
          <input type="hidden" name="by" value={by} />
          <input
            type="search"
            name="q"
            aria-label="Search the labs"
            placeholder="Title, skill or aim"
            defaultValue={typed}
          />
          <noscript>
            <button type="submit" className={buttons.button}>
              Search
            </button>
          </noscript>
        </form>
        <nav className={styles.by} aria-label="Listed by">
          {(['chapter', 'skill'] as const).map((each) => (
            <a key={each} href={listed(each)} aria-current={each === by ? 'true' : undefined} data-by>
              By {each}
            </a>
          ))}
        </nav>
        <p role="status" data-count>
          {fitting.size === 1 ? '1 lab' : `${fitting.size} labs`}
        </p>
      </search>
      <p className={styles.none} data-none hidden={fitting.size > 0}>
        No lab has all of these words.{' '}
        <a href={`/labs?by=${by}`} data-all>
          Show all labs
        </a>
      </p>
      {groups.map(({ id, number, title, href, labs }) => (
        <section
          key={id}
          className={styles.group}
          aria-labelledby={`${by}-${id}`}
          data-group
          hidden={!labs.some((key) => fitting.has(key))}
        >
          <h2 id={`${by}-${id}`}>
            {number === undefined ? null : <span aria-hidden="true">{number}</span>}
            <a href={href}>{title}</a>
          </h2>
          <ol className={styles.list}>
            {entries
              .filter(({ key }) => labs.includes(key))
              .map((lab) => (
                <Row key={lab.key} lab={lab} fits={fitting.has(lab.key)} />
              ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
