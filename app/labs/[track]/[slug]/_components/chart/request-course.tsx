'use client';

import { useEffect, useRef } from 'react';
import type { Course } from '../../../../../_client/lab/lab-state';
import { useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';
import drawer from './object-drawer.module.css';
import styles from './request-course.module.css';
import type { Steps } from './use-steps';

/** The way of a request, hop by hop: the same as the line on the chart, in words. */
export function RequestCourse({ way, steps }: { readonly way: Course; readonly steps: Steps }) {
  const link = useLabLink();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[steps.at]?.scrollIntoView({ block: 'nearest' });
  }, [steps.at]);
  const small = `${buttons.button} ${head.small}`;
  return (
    <section className={drawer.drawer} aria-label="The way of the request">
      <header className={drawer.head}>
        <h3>
          {way.title === undefined ? (
            <>
              <small>{way.from}</small> to {way.host}:{way.port}
            </>
          ) : (
            <>
              <small>What the check sent</small> {way.title}
            </>
          )}
        </h3>
        <button
          type="button"
          className={`${buttons.button} ${buttons.quiet} ${head.small}`}
          onClick={link.forgetRequest}
        >
          Close
        </button>
      </header>
      <div className={drawer.bar}>
        <p className={styles.outcome} data-reached={way.reached} data-shown={steps.atEnd}>
          {steps.atEnd ? way.outcome : `Hop ${steps.at + 1} of ${way.trace.length}`}
        </p>
        <div className={styles.steps}>
          <button
            type="button"
            className={small}
            disabled={steps.at <= 0}
            onClick={() => steps.go(steps.at - 1)}
          >
            Back
          </button>
          <button type="button" className={small} onClick={steps.playing ? steps.pause : steps.play}>
            {steps.playing ? 'Pause' : steps.atEnd ? 'Again' : 'Play'}
          </button>
          <button
            type="button"
            className={small}
            disabled={steps.atEnd}
            onClick={() => steps.go(steps.at + 1)}
          >
            On
          </button>
        </div>
      </div>
      <ol ref={list} className={styles.hops}>
        {way.trace.map((hop, index) => (
          <li
            key={`${index}-${hop.at}`}
            aria-current={index === steps.at ? 'step' : undefined}
            data-past={index <= steps.at}
          >
            <button type="button" onClick={() => steps.go(index)}>
              <b>{hop.at}</b> {hop.effect}
            </button>
            {hop.detail === undefined ? null : <small>{hop.detail}</small>}
            {hop.rule === '' ? null : <code>{hop.rule}</code>}
          </li>
        ))}
      </ol>
    </section>
  );
}
