import { LabError } from './lab-error';

const HOME = 'private/';
const INCLUDE = /^#include[ \t]+(\S+)[ \t]*$/;

/**
 * The files of a lab with each line `#include steps/NAME.sh` of a private script replaced by that script (its path is
 * below `private/`): what a learner does alone in a step and what a solution does is written once. What is included
 * includes nothing itself.
 */
export function includeScripts(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...files].map(([path, text]) => [path, isScript(path) ? withIncluded(path, text, files) : text]),
  );
}

const isScript = (path: string): boolean => path.startsWith(HOME) && path.endsWith('.sh');

function withIncluded(path: string, text: string, files: ReadonlyMap<string, string>): string {
  if (!text.includes('#include')) return text;
  const lines = text.split('\n').map((line, index) => {
    const name = INCLUDE.exec(line)?.[1];
    if (name === undefined) return line;
    const found = files.get(`${HOME}${name}`);
    const refuse = (why: string) => new LabError(path, index + 1, why);
    if (found === undefined || !isScript(`${HOME}${name}`)) {
      const known = [...files.keys()].filter((each) => isScript(each) && each !== path);
      throw refuse(
        `#include ${name}: there is no such script; there are: ${known.map((each) => each.slice(HOME.length)).join(', ') || 'none'}`,
      );
    }
    if (found.split('\n').some((each) => INCLUDE.test(each)))
      throw refuse(`#include ${name}: that script includes another one, and nobody could follow`);
    return found.trimEnd();
  });
  return lines.join('\n');
}
