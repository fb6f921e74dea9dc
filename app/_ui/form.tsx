import type { InputHTMLAttributes, ReactNode } from 'react';
import type { Said } from '../../lib/server';
import styles from './form.module.css';

/** A form that works without scripts: it is sent to `/auth/<name>`, and the answer is a page. */
export function Form({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <form className={styles.form} method="post" action={`/auth/${name}`}>
      {children}
    </form>
  );
}

/** What came of the form that was sent before; nothing when none was. */
export function Told({ said }: { readonly said: Said | undefined }) {
  if (said === undefined) return null;
  const isTrouble = said.problem !== undefined;
  return (
    <p
      className={isTrouble ? `${styles.told} ${styles.trouble}` : styles.told}
      role={isTrouble ? 'alert' : 'status'}
    >
      {said.problem ?? said.done}
    </p>
  );
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** What was said of the form: this field keeps what was typed, and says when it is what is wrong. */
  readonly said?: Said | undefined;
}

/** A labelled input with its hint and with what is wrong with it. */
export function Field({ name, label, hint, said, ...input }: FieldProps) {
  const isWrong = said?.problem !== undefined && said.field === name;
  return (
    <div className={styles.field}>
      <label htmlFor={`field-${name}`}>{label}</label>
      {hint === undefined ? null : (
        <p id={`hint-${name}`} className={styles.hint}>
          {hint}
        </p>
      )}
      <input
        id={`field-${name}`}
        name={name}
        defaultValue={said?.typed?.[name]}
        aria-describedby={hint === undefined ? undefined : `hint-${name}`}
        aria-invalid={isWrong || undefined}
        {...input}
        // The eye and the keyboard go where something is to be done.
        // biome-ignore lint/a11y/noAutofocus: only after a form was sent and this field is what is wrong.
        autoFocus={isWrong}
      />
    </div>
  );
}
