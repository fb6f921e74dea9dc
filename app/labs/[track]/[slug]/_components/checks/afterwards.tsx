'use client';

import Link from 'next/link';
import { useState } from 'react';
import type { SolutionView } from '../../../../../../lib/server';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { CodeProse } from '../../../../../_ui/code-prose';
import { titleOf } from '../../../../../_ui/title-of';
import { trustedHtml } from '../../../../../_ui/trusted-html';
import type { LabPage } from '../lab-page';
import styles from './checks-panel.module.css';
import { SolutionReplay } from './solution-replay';

/** The debrief of a lab that was passed and the way on; and its solutions, when they are asked for and may be seen. */
export function Afterwards({ page }: { readonly page: LabPage }) {
  const link = useLabLink();
  const passed = useLab((state) => state.attempts.some((attempt) => attempt.passed));
  const debrief = useLab((state) => state.attempts.findLast((attempt) => attempt.passed)?.debrief);
  const solutions = useLab((state) => state.solutions);
  const connected = useLab((state) => state.connection.phase === 'open');
  return (
    <>
      {debrief === undefined ? null : (
        <section className={styles.task} aria-label="Debrief">
          <h3>Looking back</h3>
          <div className="prose" {...trustedHtml(debrief)} />
        </section>
      )}
      {passed && page.next !== undefined ? (
        <p className={styles.task}>
          <Link className={`${buttons.button} ${buttons.primary}`} href={page.next.href}>
            Next lab: {page.next.title}
          </Link>
        </p>
      ) : null}
      {page.hasSolutions && solutions === undefined ? (
        <p className={styles.task}>
          <button
            type="button"
            className={buttons.button}
            disabled={!connected}
            onClick={() => link.askSolutions()}
          >
            Show solutions
          </button>
        </p>
      ) : null}
      {solutions?.map((solution) => (
        <Solution key={solution.name} solution={solution} />
      ))}
      <SolutionReplay />
    </>
  );
}

/** One way to do it, unfolded: read, or watched. */
function Solution({ solution: { name, html } }: { readonly solution: SolutionView }) {
  const link = useLabLink();
  const connected = useLab((state) => state.connection.phase === 'open');
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.task} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{titleOf(name)}</summary>
      <p className={styles.watch}>
        <button
          type="button"
          className={buttons.button}
          disabled={!connected}
          onClick={() => link.solve({ name, from: 'now' })}
        >
          Watch it in a copy of my cluster
        </button>
        <button
          type="button"
          className={buttons.button}
          disabled={!connected}
          onClick={() => link.solve({ name, from: 'start' })}
        >
          Watch it from the lab’s start
        </button>
      </p>
      {open ? <CodeProse html={html} /> : null}
    </details>
  );
}
