import type { ScriptPart } from '../script-parts';

/** Commands that make one object and can print it instead. */
const MAKES = /^kubectl (?:-n \S+ )?(?:expose|run|create (?!-f|token)|create\s+\w+)/;
/** A shell's own signs, a file or a dry run: such a command is left as it is. */
const TOO_MUCH = /[|<>;&]|--dry-run|\s-f[\s=]|--filename|--rm|\s-i?ti?\s|\s-i\s/;

/** `kubectl create|expose|run …` as a manifest that is applied. */
export function asManifest(part: ScriptPart): ScriptPart {
  const { command, document } = part;
  if (document !== undefined || !MAKES.test(command) || TOO_MUCH.test(command)) return part;
  // What follows "--" belongs to the container.
  const [, before = '', after = ''] = /^(.*?)(\s--\s.*)?$/s.exec(command) ?? [];
  return {
    command: `${before} --dry-run=client -o yaml${after} | kubectl ${namespaceOf(command)}apply -f -`,
  };
}

const namespaceOf = (command: string): string => {
  const name = /\s(?:-n[ =]?|--namespace[ =])(\S+)/.exec(command)?.[1];
  return name === undefined ? '' : `-n ${name} `;
};
