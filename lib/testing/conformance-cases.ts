import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/conformance/cases/', import.meta.url));

/** Whether the recorded cases lie beside the repository. */
export const hasCases = existsSync(folder);

/** One file of recorded cases; an empty list when they are not there. */
export function loadCases<T>(file: string): T {
  return JSON.parse(hasCases ? readFileSync(`${folder}${file}`, 'utf8') : '[]', expand) as T;
}

/** `{"$repeat": N, "each": X}` in a list stands for N copies of X, with `${i}` the index. */
function expand(_key: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('$repeat' in each) || !('each' in each)) return [each];
    return Array.from({ length: Number(each.$repeat) }, (_, index) =>
      JSON.parse(JSON.stringify(each.each).replaceAll('${i}', String(index))),
    );
  });
}

interface Rule {
  readonly below?: string;
  readonly from?: string;
  readonly skip?: boolean;
  readonly valid?: boolean;
  readonly fields?: readonly string[];
  readonly expectedErrors?: number;
}

interface Difference {
  readonly suite: string;
  readonly id: string;
  readonly rules: readonly Rule[];
}

const TARGET = 35;
const minor = (version: string): number => Number(version.split('.')[1]);

/** What v1.35 does otherwise than the version a case was taken from. */
export function versionRule(suite: string, id: string): Rule | undefined {
  const differences = hasCases
    ? loadCases<{ readonly entries: readonly Difference[] }>('known-version-differences.json').entries
    : [];
  const found = differences.find((each) => each.suite === suite && each.id === id);
  return found?.rules.find(
    ({ below, from }) =>
      (below === undefined || TARGET < minor(below)) && (from === undefined || TARGET >= minor(from)),
  );
}
