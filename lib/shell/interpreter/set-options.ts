import type { ShellOptions } from './shell';

/** Switches of `set -o` that are always as here: nothing in this shell depends on them. */
const FIXED: Readonly<Record<string, boolean | 'interactive'>> = {
  braceexpand: true,
  emacs: 'interactive',
  hashall: true,
  history: 'interactive',
  ignoreeof: false,
  'interactive-comments': true,
  keyword: false,
  nolog: false,
  notify: false,
  onecmd: false,
  physical: false,
  posix: false,
  privileged: false,
  verbose: false,
  vi: false,
};

/** Switches of `set -o` that this shell heeds. */
const HEEDED = [
  'allexport',
  'errexit',
  'errtrace',
  'functrace',
  'histexpand',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'nounset',
  'pipefail',
  'xtrace',
] as const;

/** Every switch of `set -o` with how it stands, in the order in which bash lists them. */
export function setOptions(
  options: ShellOptions,
  interactive: boolean,
): readonly (readonly [name: string, on: boolean])[] {
  const fixed = Object.entries(FIXED).map(
    ([name, on]) => [name, on === 'interactive' ? interactive : on] as const,
  );
  const heeded = HEEDED.map((name) => [name, options[name]] as const);
  return [...fixed, ...heeded].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The names of the switches that are on. */
export const optionNames = (options: ShellOptions, interactive: boolean): readonly string[] =>
  setOptions(options, interactive).flatMap(([name, on]) => (on ? [name] : []));
