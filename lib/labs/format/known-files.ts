import { LabError } from './lab-error';
import type { LabFiles } from './read-lab';

/** What a lab's folder may hold, and what each file is. */
const KNOWN: readonly RegExp[] = [
  /^lab\.yaml$/,
  /^steps\/.+\.md$/,
  /^objects\/.+\.yaml$/,
  /^files\/./,
  /^images\/[^/]+\.yaml$/,
  /^private\/(start\.sh|debrief\.md|survivors\.yaml|unequal\.yaml)$/,
  /^private\/(solutions|steps)\/[^/]+\.sh$/,
  /^private\/(mistakes|scenarios)\/[^/]+\.yaml$/,
];

const WHERE =
  'known are: lab.yaml, steps/*.md, objects/*.yaml, files/**, images/*.yaml, and private/ with solutions/*.sh, mistakes/*.yaml, scenarios/*.yaml, steps/*.sh, start.sh, survivors.yaml, unequal.yaml, debrief.md';

interface Named {
  readonly steps: readonly { readonly id: string; readonly file: string }[];
  readonly tasks: readonly { readonly checks: readonly object[] }[];
}

/** Refuses files that nobody would read: misplaced ones, and those that `lab.yaml` does not name. */
export function refuseStrangers(files: LabFiles, { steps, tasks }: Named): void {
  const plays = tasks.flatMap(({ checks }) =>
    checks.map((check) => (check as { readonly play?: string }).play),
  );
  for (const path of files.keys()) {
    const wrong = (message: string) => new LabError(path, undefined, message);
    if (!KNOWN.some((pattern) => pattern.test(path))) throw wrong(`is no file that a lab has; ${WHERE}`);
    const [, folder, name = ''] = /^private\/(steps|scenarios)\/(.+)\.\w+$/.exec(path) ?? [];
    if (folder === 'scenarios' && !plays.includes(name))
      throw wrong(`no check plays it (play: ${name} in lab.yaml)`);
    if (folder === 'steps' && !steps.some(({ id }) => id === name))
      throw wrong(`there is no step "${name}"; there are: ${steps.map(({ id }) => id).join(', ')}`);
    if (path.startsWith('steps/') && !steps.some(({ file }) => file === path))
      throw wrong('no step of lab.yaml names it');
  }
}
