/** Whether a text in small letters has every word that was typed. */
export function fitsSearch(text: string, typed: string): boolean {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
