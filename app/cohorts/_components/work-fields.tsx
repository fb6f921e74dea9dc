import { Choice, Field } from './field';
import styles from './forms.module.css';

const LATE = { full: 'counts in full', nothing: 'does not count', 'per-day': 'counts less each day' };

/** Dates, points and the late rule of an assignment. */
export function WorkFields({
  values,
  timeZone,
}: {
  readonly values: {
    readonly opens: string;
    readonly due: string;
    readonly points: string;
    readonly late: string;
    readonly percent: string;
    readonly atLeast: string;
  };
  readonly timeZone: string;
}) {
  return (
    <>
      <div className={styles.row}>
        <Field label="Opens" name="opens" type="datetime-local" value={values.opens} short />
        <Field label={`Due (${timeZone})`} name="due" type="datetime-local" value={values.due} short />
        <Field label="Points" name="points" type="number" value={values.points} short required />
      </div>
      <div className={styles.row}>
        <Choice label="Late work" name="late" value={values.late} options={LATE} short />
        <Field label="Percent less a day" name="percent" type="number" value={values.percent} short />
        <Field label="At least percent" name="atLeast" type="number" value={values.atLeast} short />
      </div>
    </>
  );
}
