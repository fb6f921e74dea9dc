'use client';

import Link from 'next/link';
import { type KeyboardEvent, useRef, useState } from 'react';
import { titleOf } from '../../_ui/title-of';
import styles from './catalogue.module.css';
import { type CatalogueEntry, fitsSearch } from './catalogue-entry';

/** A chapter or a skill with its labs. */
export interface CatalogueGroup {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  /** Keys of its labs. */
  readonly labs: readonly string[];
}

const WORDS = { open: '', started: 'Begun', passed: 'Passed' } as const;

function Row({ lab }: { readonly lab: CatalogueEntry }) {
  return (
    <li data-next={lab.next}>
      <div>
        <h3>
          <Link href={`/labs/${lab.key}`} prefetch={false} data-lab>
            {lab.title}
          </Link>
        </h3>
        <p>{lab.summary}</p>
        <p className={styles.skills}>
          {lab.skills.map((skill) => (
            <Link key={skill} href={`/skills#${skill}`} prefetch={false}>
              {titleOf(skill)}
            </Link>
          ))}
        </p>
      </div>
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

/** All labs by chapter or by skill; a search narrows them as one types, and the arrow keys walk through what is left. */
export function Catalogue({
  entries,
  chapters,
  skills,
}: {
  readonly entries: readonly CatalogueEntry[];
  readonly chapters: readonly CatalogueGroup[];
  readonly skills: readonly CatalogueGroup[];
}) {
  const [by, setBy] = useState<'chapter' | 'skill'>('chapter');
  const [typed, setTyped] = useState('');
  const root = useRef<HTMLDivElement>(null);
  const fitting = entries.filter((lab) => fitsSearch(lab, typed));
  const groups = (by === 'chapter' ? chapters : skills)
    .map((group) => ({ ...group, labs: fitting.filter(({ key }) => group.labs.includes(key)) }))
    .filter(({ labs }) => labs.length > 0);
  const found = fitting.length;

  const walk = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && typed !== '') {
      setTyped('');
      root.current?.querySelector('input')?.focus();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (event.target instanceof HTMLInputElement && event.target.type === 'radio') return;
    const stops = [
      ...(root.current?.querySelectorAll<HTMLElement>('input[type="search"], [data-lab]') ?? []),
    ];
    const at = stops.findIndex((stop) => stop.isSameNode(event.target as Node));
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows and Escape are shortcuts; every link can be reached with Tab
    <div ref={root} onKeyDown={walk}>
      <search className={styles.bar}>
        <input
          type="search"
          aria-label="Search the labs"
          placeholder="Title, skill or aim"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <fieldset className={styles.by}>
          <legend className="visually-hidden">Listed by</legend>
          {(['chapter', 'skill'] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="by" checked={by === each} onChange={() => setBy(each)} />
              <span>By {each}</span>
            </label>
          ))}
        </fieldset>
        <p role="status">
          {found} {found === 1 ? 'lab' : 'labs'}
        </p>
      </search>
      {groups.length === 0 ? (
        <p className={styles.none}>
          No lab has all of these words.{' '}
          <button type="button" onClick={() => setTyped('')}>
            Show all labs
          </button>
        </p>
      ) : null}
      {groups.map(({ id, title, href, labs }) => (
        <section key={`${by}-${id}`} className={styles.group} aria-labelledby={`${by}-${id}`}>
          <h2 id={`${by}-${id}`}>
            <Link href={href} prefetch={false}>
              {title}
            </Link>
          </h2>
          <ol className={styles.list}>
            {labs.map((lab) => (
              <Row key={lab.key} lab={lab} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
