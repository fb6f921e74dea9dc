import type { FieldError } from '../../../../api';

/** How strict, and the rules of which release. */
export interface LevelVersion {
  readonly level: Level;
  /** The release's minor number, or 'latest'. */
  readonly version: number | 'latest';
}

export type Level = 'privileged' | 'baseline' | 'restricted';

/** What a namespace's labels ask for. */
export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

type Labels = Readonly<Record<string, string>>;
type Mode = keyof Policy;

const PREFIX = 'pod-security.kubernetes.io/';
const LEVELS: readonly Level[] = ['privileged', 'baseline', 'restricted'];
const DEFAULT: LevelVersion = { level: 'privileged', version: 'latest' };

/** "restricted:latest", "baseline:v1.30". */
export const levelText = ({ level, version }: LevelVersion): string =>
  `${level}:${version === 'latest' ? version : `v1.${version}`}`;

/** Below 0 when `a` is less strict than `b`. */
export const compareLevels = (a: Level, b: Level): number => LEVELS.indexOf(a) - LEVELS.indexOf(b);

/** PolicyToEvaluate: labels that cannot be read make enforcing as strict as can be, and the rest void. */
export function policyOf(labels: Labels = {}): {
  readonly policy: Policy;
  readonly errors: readonly FieldError[];
} {
  const errors: FieldError[] = [];
  const enforce = read(labels, 'enforce', 'restricted', errors);
  const audit = read(labels, 'audit', 'privileged', errors);
  const warn = read(labels, 'warn', 'privileged', errors);
  const enforced = LEVELS.includes(labels[`${PREFIX}enforce`] as Level);
  const unsaid = labels[`${PREFIX}warn`] === undefined && enforced;
  if (!unsaid || compareLevels(enforce.level, warn.level) <= 0)
    return { policy: { enforce, audit, warn }, errors };
  const version = labels[`${PREFIX}warn-version`] === undefined ? enforce.version : warn.version;
  return { policy: { enforce, audit, warn: { level: enforce.level, version } }, errors };
}

function read(labels: Labels, mode: Mode, otherwise: Level, errors: FieldError[]): LevelVersion {
  const refuse = (label: string, value: string, detail: string): void => {
    errors.push({
      type: 'Invalid',
      field: `metadata.labels[${label}]`,
      badValue: JSON.stringify(value),
      detail,
    });
  };
  const label = `${PREFIX}${mode}`;
  const given = labels[label] ?? DEFAULT.level;
  const level = LEVELS.find((each) => each === given);
  if (level === undefined) refuse(label, given, `must be one of ${LEVELS.join(', ')}`);
  const text = labels[`${label}-version`] ?? 'latest';
  const minor = /^v1\.([0-9]|[1-9][0-9]*)$/.exec(text)?.[1];
  if (minor === undefined && text !== 'latest')
    refuse(`${label}-version`, text, 'must be "latest" or "v1.x"');
  return { level: level ?? otherwise, version: minor === undefined ? 'latest' : Number(minor) };
}
