import { type ReactNode, useId } from 'react';
import styles from './forms.module.css';

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly short?: boolean;
}

function Frame({
  label,
  hint,
  short = false,
  children,
}: Props & { readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={short ? `${styles.field} ${styles.short}` : styles.field}>
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <p id={`${id}-hint`}>{hint}</p>}
      {children(id)}
    </div>
  );
}

const described = (id: string, hint: string | undefined) =>
  hint === undefined ? {} : { 'aria-describedby': `${id}-hint` };

/** A line of text, a number or a time, with its name above it. */
export function Field({
  name,
  value = '',
  type = 'text',
  required = false,
  ...frame
}: Props & {
  readonly name: string;
  readonly value?: string;
  readonly type?: 'text' | 'number' | 'datetime-local';
  readonly required?: boolean;
}) {
  return (
    <Frame {...frame}>
      {(id) => (
        <input
          id={id}
          name={name}
          type={type}
          defaultValue={value}
          required={required}
          {...described(id, frame.hint)}
        />
      )}
    </Frame>
  );
}

/** Some lines of text. */
export function TextField({
  name,
  value = '',
  ...frame
}: Props & { readonly name: string; readonly value?: string }) {
  return (
    <Frame {...frame}>
      {(id) => <textarea id={id} name={name} defaultValue={value} {...described(id, frame.hint)} />}
    </Frame>
  );
}

/** One of a few things. */
export function Choice({
  name,
  value,
  options,
  ...frame
}: Props & {
  readonly name: string;
  readonly value: string;
  readonly options: Readonly<Record<string, string>>;
}) {
  return (
    <Frame {...frame}>
      {(id) => (
        <select id={id} name={name} defaultValue={value} {...described(id, frame.hint)}>
          {Object.entries(options).map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}
