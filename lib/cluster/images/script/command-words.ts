import type { Command, Redirection, Word } from 'unbash';
import { expandFields, expandText, type Scope } from './expand';

/** The words of a command, expanded. */
export function wordsOf(command: Command, scope: Scope): readonly string[] {
  if (command.name === undefined) return [];
  const words: string[] = [...expandFields(scope, command.name)];
  for (const each of command.args) {
    if (each.type === 'Word') words.push(...expandFields(scope, each));
    else
      words.push(`${each.name}=${each.value.type === 'Word' ? expandText(scope, each.value as Word) : ''}`);
  }
  return words;
}

/** A redirection that was made before goes on where it was. */
export function appending(redirect: Redirection): Redirection {
  return redirect.type === 'Redirect' && redirect.operator === '>'
    ? { ...redirect, operator: '>>' }
    : redirect;
}
