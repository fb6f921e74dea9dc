const NAMES = new Set(
  'and base64decode call eq exists ge gt html index js le len lt ne not or print printf println slice urlquery'.split(
    ' ',
  ),
);

/** Whether kubectl's templates know a function. */
export const isFunctionName = (name: string): boolean => NAMES.has(name);
