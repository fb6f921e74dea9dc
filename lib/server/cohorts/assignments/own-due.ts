/**
 * When work is due for one learner: an extension never takes time away, though the class's own deadline is moved behind it
 * afterwards, or given up.
 */
export function ownDue(due: Date | undefined, extended: Date | undefined): Date | undefined {
  if (due === undefined || extended === undefined) return due;
  return extended > due ? extended : due;
}
