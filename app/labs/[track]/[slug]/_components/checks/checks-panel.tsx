'use client';

import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { AttemptView } from '../../../../../../lib/server';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { trustedHtml } from '../../../../../_ui/trusted-html';
import { ClassHelp, TaskNotes } from '../class/class-help';
import { ClusterView } from '../cluster-view';
import type { LabHint, LabPage, LabTask } from '../lab-page';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import { Afterwards } from './afterwards';
import styles from './checks-panel.module.css';
import course from './progress-course.module.css';
import { VerdictItem } from './verdict-item';

function CheckButton() {
  const link = useLabLink();
  const checking = useLab((state) => state.pending.check !== undefined);
  const connected = useLab((state) => state.connection.phase === 'open');
  return (
    <button
      type="button"
      className={`${buttons.button} ${buttons.primary} ${styles.check}`}
      aria-disabled={checking || !connected}
      aria-busy={checking}
      onClick={() => {
        if (connected) link.check();
      }}
    >
      {checking ? 'Checking …' : 'Check'}
    </button>
  );
}

function Score({
  attempt,
  checks,
  goOn,
}: {
  readonly attempt: AttemptView;
  /** How many the lab has: a task is judged up to its first check that is not met. */
  readonly checks: number;
  readonly goOn: () => void;
}) {
  const met = attempt.verdicts.filter((verdict) => verdict.outcome === 'met').length;
  const unjudged = attempt.verdicts.filter((verdict) => verdict.outcome === 'cannot-judge').length;
  return (
    <p className={styles.score} data-passed={attempt.passed}>
      {attempt.passed ? 'Passed. ' : ''}
      {met} of {checks} checks met
      <span> at {new Date(attempt.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}</span>
      {unjudged === 0 ? null : (
        <span className={styles.unjudged}>
          {unjudged === 1 ? 'One could not be judged' : `${unjudged} could not be judged`}, which is no fault
          of yours: this attempt counts for nothing, and we are told of it.
        </span>
      )}
      {attempt.passed ? (
        <button type="button" className={`${buttons.button} ${head.small}`} onClick={goOn}>
          Look back and go on
        </button>
      ) : null}
    </p>
  );
}

function Task({ task, attempt }: { readonly task: LabTask; readonly attempt: AttemptView | undefined }) {
  return (
    <li className={styles.task}>
      <h3>{task.title}</h3>
      <div className={styles.text} {...trustedHtml(task.html)} />
      <ul className={styles.verdicts}>
        {task.checks.map((check) => (
          <VerdictItem
            key={check}
            task={task.id}
            check={check}
            live={task.live.includes(check)}
            verdict={attempt?.verdicts.find((verdict) => verdict.task === task.id && verdict.check === check)}
          />
        ))}
      </ul>
      <TaskNotes task={task.id} />
      <Hints hints={task.hints} called={attempt?.hints ?? []} />
    </li>
  );
}

/** Hints are opened one after the other; one that waits for a verdict comes first once that verdict is there. */
function Hints({
  hints,
  called,
}: {
  readonly hints: readonly LabHint[];
  readonly called: readonly number[];
}) {
  const [opened, setOpened] = useState(0);
  const plain = hints.filter(({ waits }) => !waits);
  const fitting = hints.filter(({ place, waits }) => waits && called.includes(place));
  return (
    <>
      {fitting.map((hint) => (
        <details key={hint.place} className={styles.hint}>
          <summary>A hint for this verdict</summary>
          <div {...trustedHtml(hint.html)} />
        </details>
      ))}
      {plain.slice(0, opened + 1).map((hint, index) => (
        <details
          key={hint.place}
          className={styles.hint}
          onToggle={(event) => {
            if (event.currentTarget.open) setOpened((before) => Math.max(before, index + 1));
          }}
        >
          <summary>{plain.length > 1 ? `Hint ${index + 1} of ${plain.length}` : 'A hint'}</summary>
          <div {...trustedHtml(hint.html)} />
        </details>
      ))}
    </>
  );
}

/** What is asked and how it stands; behind a second tab, the cluster itself. */
export function ChecksPanel({ page }: { readonly page: LabPage }) {
  const panels = usePanels();
  const body = useRef<HTMLDivElement>(null);
  const after = useRef<HTMLDivElement>(null);
  const attempt = useLab((state) => state.attempts.at(-1));
  const checking = useLab((state) => state.pending.check !== undefined);
  useEffect(
    () => panels.register('checks', () => body.current?.querySelector<HTMLElement>('button')?.focus()),
    [panels],
  );
  return (
    <Tabs.Root defaultValue="checks" asChild>
      <section ref={body} className={head.panel} aria-label="Checks and cluster" data-panel-name="checks">
        <header className={head.head}>
          <h2 className="visually-hidden">Checks and cluster</h2>
          <Tabs.List className={styles.tabs} aria-label="Checks or cluster">
            <Tabs.Trigger value="checks">Checks</Tabs.Trigger>
            <Tabs.Trigger value="cluster">Cluster</Tabs.Trigger>
          </Tabs.List>
          <span className={head.spring} />
          <CheckButton />
        </header>
        <div className={course.progress} data-busy={checking} />
        <Tabs.Content value="checks" className={head.body}>
          <div className={styles.page}>
            {attempt === undefined ? (
              <p className={styles.score}>
                Check sends requests, deletes Pods and scales, on a copy of your cluster. Yours is left alone.
              </p>
            ) : (
              <Score
                attempt={attempt}
                checks={page.tasks.reduce((sum, { checks }) => sum + checks.length, 0)}
                goOn={() => after.current?.focus()}
              />
            )}
            <ol className={styles.tasks}>
              {page.tasks.map((task) => (
                <Task key={task.id} task={task} attempt={attempt} />
              ))}
            </ol>
            <ClassHelp />
            <div ref={after} tabIndex={-1} className={styles.after}>
              <Afterwards page={page} />
            </div>
          </div>
        </Tabs.Content>
        <Tabs.Content value="cluster" className={head.body}>
          <ClusterView />
        </Tabs.Content>
      </section>
    </Tabs.Root>
  );
}
