/** The documents of a manifest as kubectl parts them, empty ones left out. */
export const documentsOf = (text: string): readonly string[] =>
  text.split(/^---(?=\s|$)[^\S\n]*(?:\n|(?=\S))/m).filter((part) => part.trim() !== '');
