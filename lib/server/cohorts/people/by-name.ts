/** As people look for names in a list, in any script: PostgreSQL's own order may be that of bytes. */
const names = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Sorts by name. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  names.compare(a.name, b.name);
