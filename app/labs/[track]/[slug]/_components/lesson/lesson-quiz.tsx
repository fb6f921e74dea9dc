'use client';

import { type FormEvent, useId, useState } from 'react';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { trustedHtml } from '../../../../../_ui/trusted-html';
import styles from './lesson-quiz.module.css';

/** Where an answer is kept: a file of the home folder, like all that a learner writes. */
const answerPath = (question: string): string => `answers/${question}.txt`;
const letterOf = (place: number): string => String.fromCharCode(97 + place);

/** The choices that the rendered question lists, in order; sanitised HTML. */
function choicesOf(host: HTMLElement): readonly string[] {
  const list = host.querySelector(':scope > ul, :scope > ol');
  return list === null ? [] : [...list.children].map((item) => item.innerHTML);
}

/** Makes a question of the lesson answerable: its choices as buttons, or a line to write on. */
export function LessonQuiz({ host }: { readonly host: HTMLElement }) {
  const question = host.dataset.quiz ?? '';
  const link = useLabLink();
  const name = useId();
  const [choices] = useState(() => choicesOf(host));
  const given = useLab((state) => state.files[answerPath(question)]?.text.trim());
  const connected = useLab((state) => state.connection.phase === 'open');
  const verdict = useLab(
    (state) => state.attempts.at(-1)?.verdicts.find((each) => each.check === question)?.outcome,
  );
  const answer = (text: string) => link.answer(answerPath(question), `${text}\n`);
  const write = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('answer');
    if (typeof text === 'string' && text.trim() !== '') answer(text.trim());
  };
  return (
    <div className={styles.quiz} data-quiz-answers="">
      {choices.length > 0 ? (
        <fieldset disabled={!connected}>
          <legend className="visually-hidden">Your answer</legend>
          {choices.map((html, place) => (
            <label key={html}>
              <input
                type="radio"
                name={name}
                value={letterOf(place)}
                checked={given === letterOf(place)}
                onChange={() => answer(letterOf(place))}
              />
              <span {...trustedHtml(html)} />
            </label>
          ))}
        </fieldset>
      ) : (
        <form onSubmit={write}>
          <input
            key={given}
            name="answer"
            aria-label="Your answer"
            autoComplete="off"
            spellCheck={false}
            defaultValue={given}
          />
          <button type="submit" className={buttons.button} disabled={!connected}>
            Answer
          </button>
        </form>
      )}
      {given === undefined ? null : (
        <p className={styles.kept}>
          {verdict === 'met' ? 'Right, says the last check.' : 'Kept. Check judges it with the rest.'}
        </p>
      )}
    </div>
  );
}
