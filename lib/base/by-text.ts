/**
 * Orders texts by their UTF-16 code units, as `<` does and `toSorted()` without a comparator: for trees and lists whose order
 * no locale may change. Equal texts, which a look-up ends with, are told by one comparison.
 */
export const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
