import { baselineChecks } from './baseline-checks';
import type { Check, CheckPod, PodSpec, Verdict } from './check';
import type { LevelVersion } from './policy';
import { restrictedChecks } from './restricted-checks';

/** The newest release that has rules of its own. */
const NEWEST = 35;

/** What a level's checks forbid of a Pod. */
export interface Evaluation {
  readonly allowed: boolean;
  /** Without the details. */
  readonly reasons: string;
  readonly details: string;
}

/** The checks of a level, as they were in the release asked for. */
export function evaluatePod(
  { level, version }: LevelVersion,
  annotations: Readonly<Record<string, string>> | undefined,
  spec: PodSpec,
): Evaluation {
  const minor = version === 'latest' ? NEWEST : Math.min(version, NEWEST);
  const told = checksOf(level, minor)
    .map((check) => check(spec, annotations ?? {}))
    .filter((verdict): verdict is NonNullable<Verdict> => verdict !== undefined);
  return {
    allowed: told.length === 0,
    reasons: told.map(({ reason }) => reason).join(', '),
    details: told.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', '),
  };
}

function checksOf(level: LevelVersion['level'], minor: number): readonly CheckPod[] {
  if (level === 'privileged') return [];
  const then = (checks: readonly Check[]): readonly CheckPod[] =>
    checks.flatMap((check) => checkAt(check, minor) ?? []);
  if (level === 'baseline') return then(baselineChecks);
  const overridden = new Set(
    restrictedChecks.filter((each) => checkAt(each, minor)).map(({ overrides }) => overrides),
  );
  return [...then(baselineChecks.filter(({ id }) => !overridden.has(id))), ...then(restrictedChecks)];
}

function checkAt({ versions }: Check, minor: number): CheckPod | undefined {
  return versions.findLast(([since]) => since <= minor)?.[1];
}
