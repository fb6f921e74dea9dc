/** A place in a text that is filled in: "${name}", or "${name:-what stands there otherwise}". */
const PLACE = /\$\$|\$\{([^{}]*?)(?::-([^{}]*))?\}/g;

/** Fills in a text's places; one without a value has its default, or nothing. "$$" is a dollar. */
export function fillTemplate(text: string, get: (name: string) => string | undefined): string {
  return text.replace(PLACE, (whole, name: string | undefined, otherwise: string | undefined) => {
    if (whole === '$$') return '$';
    const value = get(name ?? '');
    return value === undefined || value === '' ? (otherwise ?? value ?? '') : value;
  });
}

/** The names in a text's places. */
export function templateNames(text: string): readonly string[] {
  return [...text.matchAll(PLACE)].flatMap(([whole, name]) => (whole === '$$' ? [] : [name ?? '']));
}
