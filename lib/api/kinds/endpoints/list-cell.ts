/** At most so many addresses or ports are named in a table. */
export const LISTED = 3;

/** The first three, and how many more there are: "a,b,c + 2 more...". */
export function listWithMore(items: readonly string[]): string {
  const shown = items.slice(0, LISTED).join(',');
  return items.length > LISTED ? `${shown} + ${items.length - LISTED} more...` : shown;
}
