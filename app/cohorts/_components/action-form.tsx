'use client';

import { type ReactNode, useActionState } from 'react';
import buttons from '../../_ui/button.module.css';
import type { FormAction } from '../_actions/form-state';
import styles from './forms.module.css';

/** A form that says what became of it; it works before scripts do. */
export function ActionForm({
  action,
  submit,
  children,
  quiet = false,
  inline = false,
}: {
  readonly action: FormAction;
  readonly submit: string;
  readonly children?: ReactNode;
  readonly quiet?: boolean;
  readonly inline?: boolean;
}) {
  const [state, send, pending] = useActionState(action, {});
  return (
    <form action={send} className={inline ? styles.inline : styles.form}>
      {children}
      <div className={styles.foot}>
        <button
          type="submit"
          className={`${buttons.button} ${quiet ? '' : buttons.primary}`}
          disabled={pending}
          aria-busy={pending}
        >
          {submit}
        </button>
        <output className={styles.told} data-wrong={state.error !== undefined}>
          {state.error ?? state.done ?? ''}
        </output>
      </div>
    </form>
  );
}
