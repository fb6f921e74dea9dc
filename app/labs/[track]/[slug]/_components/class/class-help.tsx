'use client';

import { useState } from 'react';
import type { ReplyView } from '../../../../../../lib/server';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { trustedHtml } from '../../../../../_ui/trusted-html';
import styles from './class-help.module.css';

/** In a lab that was opened from a cohort: the raised hand, and what staff have sent. */
export function ClassHelp() {
  const classroom = useLab((state) => state.classroom);
  if (classroom === undefined) return null;
  return (
    <section className={styles.help} aria-label="Your class">
      {classroom.replies.map((reply) => (
        <Reply key={reply.id} reply={reply} />
      ))}
      <Hand />
    </section>
  );
}

/** The hints that staff wrote for how a task stands now. */
export function TaskNotes({ task }: { readonly task: string }) {
  const classroom = useLab((state) => state.classroom);
  const notes = (classroom?.notes ?? []).filter((note) => note.task === task);
  return notes.map((note) => (
    <aside key={note.id} className={styles.note} aria-label={`Hint from ${note.by}`}>
      <p className={styles.by}>{note.by} to everybody who stands here</p>
      <div {...trustedHtml(note.html)} />
    </aside>
  ));
}

function Hand() {
  const link = useLabLink();
  const hand = useLab((state) => state.classroom?.hand ?? null);
  const [text, setText] = useState('');
  if (hand !== null)
    return (
      <div className={styles.hand} data-up="true">
        <p>
          Your hand is raised.{' '}
          {hand.claimedBy === null ? 'Staff see it.' : `${hand.claimedBy} is looking at it.`}
        </p>
        <button type="button" className={buttons.button} onClick={() => link.raiseHand(undefined)}>
          Take it down
        </button>
      </div>
    );
  return (
    <form
      className={styles.hand}
      onSubmit={(event) => {
        event.preventDefault();
        link.raiseHand(text);
        setText('');
      }}
    >
      <label>
        <span className="visually-hidden">What you would like to ask (may be left empty)</span>
        <input
          value={text}
          maxLength={1_000}
          placeholder="A question for your instructor"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className={buttons.button}>
        Raise a hand
      </button>
    </form>
  );
}

function Reply({ reply }: { readonly reply: ReplyView }) {
  const link = useLabLink();
  const { patch, trace } = reply;
  return (
    <article className={styles.note} aria-label={`From ${reply.by}`}>
      <p className={styles.by}>{reply.by} to you</p>
      <div {...trustedHtml(reply.html)} />
      {trace === null ? null : (
        <details className={styles.trace} open>
          <summary>
            A request to {trace.host}:{trace.port} from {trace.from}: {trace.outcome}
          </summary>
          <ol>
            {trace.trace.map((hop, index) => (
              <li key={`${index}-${hop.at}`}>
                {hop.at} {hop.effect} {hop.rule === '' ? null : <code>{hop.rule}</code>}
              </li>
            ))}
          </ol>
        </details>
      )}
      {patch === null
        ? null
        : patch.files.map((file) => (
            <details key={file.path} className={styles.file}>
              <summary>{file.path}</summary>
              <pre>{file.text}</pre>
            </details>
          ))}
      <div className={styles.actions}>
        {patch === null || reply.applied ? null : (
          <button
            type="button"
            className={`${buttons.button} ${buttons.primary}`}
            onClick={() => link.answerReply(reply.id, 'apply')}
          >
            {patch.apply.length > 0 ? 'Put the files here and apply them' : 'Put the files here'}
          </button>
        )}
        {reply.applied ? <span className={styles.by}>Applied</span> : null}
        <button
          type="button"
          className={`${buttons.button} ${buttons.quiet}`}
          onClick={() => link.answerReply(reply.id, 'dismiss')}
        >
          Put away
        </button>
      </div>
    </article>
  );
}
