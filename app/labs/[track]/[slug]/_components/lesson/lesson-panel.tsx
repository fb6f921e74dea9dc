'use client';

import { useEffect, useRef } from 'react';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import type { CodeBlock } from '../../../../../_ui/code-block';
import { CodeProse } from '../../../../../_ui/code-prose';
import actions from '../../../../../_ui/code-prose.module.css';
import type { LabPage } from '../lab-page';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import styles from './lesson-panel.module.css';
import { LessonPicture } from './lesson-picture';
import { LessonQuiz } from './lesson-quiz';

function BlockActions({ block }: { readonly block: CodeBlock }) {
  const link = useLabLink();
  const panels = usePanels();
  const connected = useLab((state) => state.connection.phase === 'open');
  const run = () => {
    if (block.keys !== undefined && link.type(block.keys)) panels.focus('terminal');
  };
  const put = () => {
    if (block.fileName === undefined) return;
    link.put(block.fileName, `${block.text}\n`);
    panels.focus('editor');
  };
  return (
    <>
      {block.keys === undefined ? null : (
        <button type="button" className={actions.action} disabled={!connected} onClick={run}>
          {block.keys.endsWith('\r') ? 'Run' : 'Type'}
        </button>
      )}
      {block.fileName === undefined ? null : (
        <button type="button" className={actions.action} onClick={put}>
          Put in editor<span className="visually-hidden"> as {block.fileName}</span>
        </button>
      )}
    </>
  );
}

/** Questions and pictures come to life where the lesson has left room for them. */
const slots = (host: HTMLElement) =>
  host.dataset.quiz === undefined ? <LessonPicture host={host} /> : <LessonQuiz host={host} />;
const blockActions = (block: CodeBlock) => <BlockActions block={block} />;

/** The lesson, one step at a time. */
export function LessonPanel({ page }: { readonly page: LabPage }) {
  const link = useLabLink();
  const panels = usePanels();
  const body = useRef<HTMLDivElement>(null);
  const stepId = useLab((state) => state.step);
  const found = page.steps.findIndex((step) => step.id === stepId);
  const place = Math.max(0, found);
  const step = page.steps[place];
  useEffect(() => panels.register('lesson', () => body.current?.focus()), [panels]);
  const go = (to: number) => {
    const target = page.steps[to];
    if (target === undefined) return;
    link.showStep(target.id);
    body.current?.scrollTo({ top: 0 });
  };
  return (
    <section className={head.panel} aria-label="Lesson" data-panel-name="lesson">
      <header className={head.head}>
        <h2>Lesson</h2>
        <span className={head.spring} />
        <nav className={styles.steps} aria-label="Steps">
          {page.steps.map((other, index) => (
            <button
              key={other.id}
              type="button"
              aria-current={index === place ? 'step' : undefined}
              aria-label={`Step ${index + 1}: ${other.title}`}
              title={other.title}
              onClick={() => go(index)}
            >
              {index + 1}
            </button>
          ))}
        </nav>
      </header>
      <div ref={body} className={head.body} tabIndex={-1} data-scroll="lesson">
        <div className={styles.page}>
          {place === 0 ? <Opening page={page} /> : null}
          {step === undefined ? null : (
            <>
              <h3 className={styles.title}>{step.title}</h3>
              <div className={styles.prose}>
                <CodeProse html={step.html} actions={blockActions} slots={slots} />
              </div>
            </>
          )}
          <p className={styles.turn}>
            {place > 0 ? (
              <button type="button" className={buttons.button} onClick={() => go(place - 1)}>
                Back
              </button>
            ) : null}
            {place < page.steps.length - 1 ? (
              <button
                type="button"
                className={`${buttons.button} ${buttons.primary}`}
                onClick={() => go(place + 1)}
              >
                Next: {page.steps[place + 1]?.title}
              </button>
            ) : page.tasks.length === 0 ? null : (
              <button
                type="button"
                className={`${buttons.button} ${buttons.primary}`}
                onClick={() => panels.focus('checks')}
              >
                To the checks
              </button>
            )}
          </p>
        </div>
      </div>
    </section>
  );
}

function Opening({ page }: { readonly page: LabPage }) {
  return (
    <div className={styles.opening}>
      <p>{page.summary}</p>
      {page.aims.length === 0 ? null : <Aims page={page} />}
    </div>
  );
}

function Aims({ page }: { readonly page: LabPage }) {
  return (
    <>
      <p className={styles.minutes}>About {page.minutes} minutes. You will be able to:</p>
      <ul>
        {page.aims.map((aim) => (
          <li key={aim}>{aim}</li>
        ))}
      </ul>
    </>
  );
}
