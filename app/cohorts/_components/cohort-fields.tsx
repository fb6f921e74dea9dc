import { Choice, Field } from './field';
import styles from './forms.module.css';

const HINTS = {
  all: 'Every hint of the lab',
  'called-for': 'Only those that a verdict calls for',
  none: 'None',
};
const SOLUTIONS = {
  lab: 'As each lab says',
  passed: 'Once the lab is passed',
  due: 'Once the deadline has passed',
  never: 'Never',
};

/** What an instructor sets of a cohort. */
export function CohortFields({
  values,
  zones,
}: {
  readonly values: {
    readonly name: string;
    readonly timeZone: string;
    readonly starts: string;
    readonly ends: string;
    readonly hints: string;
    readonly solutions: string;
  };
  readonly zones: readonly string[];
}) {
  return (
    <>
      <Field label="Name" name="name" value={values.name} required />
      <Choice
        label="Time zone"
        hint="Deadlines are entered in it. Learners see them in their own."
        name="timeZone"
        value={values.timeZone}
        options={Object.fromEntries(zones.map((zone) => [zone, zone.replaceAll('_', ' ')]))}
      />
      <div className={styles.row}>
        <Field label="Starts" name="starts" type="datetime-local" value={values.starts} short />
        <Field label="Ends" name="ends" type="datetime-local" value={values.ends} short />
      </div>
      <Choice label="Hints" name="hints" value={values.hints} options={HINTS} />
      <Choice label="Solutions are shown" name="solutions" value={values.solutions} options={SOLUTIONS} />
    </>
  );
}

/** Every time zone there is. */
export const timeZones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];
