import { PASSWORD_SHORTEST, type Said } from '../../lib/server';
import { Field } from './form';

interface PasswordProps {
  readonly name: string;
  readonly label: string;
  readonly said: Said | undefined;
}

/** Where a password is chosen: its hint, and how short it may be. */
export function NewPassword({ name, label, said }: PasswordProps) {
  return (
    <Field
      name={name}
      label={label}
      hint={`${PASSWORD_SHORTEST} characters or more; a few words are better than signs.`}
      type="password"
      autoComplete="new-password"
      minLength={PASSWORD_SHORTEST}
      required
      said={said}
    />
  );
}

/** Where somebody shows that they know the password they have. */
export function CurrentPassword({ name, label, said }: PasswordProps) {
  return (
    <Field name={name} label={label} type="password" autoComplete="current-password" required said={said} />
  );
}
