/** A file as the editor holds it beside what the workspace has. */
export interface FileEntry {
  /** What the workspace has; null when it has no such file. */
  readonly base: string | null;
  /** What the editor shows. */
  readonly text: string;
  /** A save on its way. */
  readonly sent?: { readonly id: number; readonly text: string } | undefined;
  /** What the workspace got from elsewhere while the editor held unsaved text; null: deleted there. */
  readonly below?: string | null | undefined;
}

/** How a file stands, as its tab tells it. */
export type FileStatus = 'saved' | 'unsaved' | 'saving' | 'conflict';

/** A file just as the workspace has it. */
export function cleanFile(text: string): FileEntry {
  return { base: text, text };
}

/** How the file stands. */
export function fileStatus(file: FileEntry): FileStatus {
  if (file.below !== undefined) return 'conflict';
  if (file.text === file.base) return 'saved';
  return file.sent?.text === file.text ? 'saving' : 'unsaved';
}

/** The learner typed. */
export function editFile(file: FileEntry, text: string): FileEntry {
  return { ...file, text };
}

/** The text as it stands goes to the workspace. */
export function sendFile(file: FileEntry, id: number): FileEntry {
  return { base: file.base, text: file.text, sent: { id, text: file.text } };
}

/** The workspace has stored save number `id`. */
export function acknowledgeFile(file: FileEntry, id: number): FileEntry {
  if (file.sent?.id !== id) return file;
  return { ...file, base: file.sent.text, sent: undefined };
}

/** The line broke: a save on its way may not have arrived. */
export function forgetSent(file: FileEntry): FileEntry {
  return file.sent === undefined ? file : { ...file, sent: undefined };
}

/**
 * The workspace's file is now `text` (null: deleted). Unsaved text is never lost: it stays in the editor, and the other
 * version is kept below. `undefined`: the file is gone, and nothing of it was unsaved.
 */
export function fileChanged(file: FileEntry | undefined, text: string | null): FileEntry | undefined {
  if (file === undefined) return text === null ? undefined : cleanFile(text);
  if (text !== null && file.sent?.text === text) return { ...file, base: text };
  if (file.text === text) return cleanFile(file.text);
  if (file.text === file.base) return text === null ? undefined : cleanFile(text);
  return file.base === text ? file : { ...file, sent: undefined, below: text };
}

/** Settles a conflict in favour of the editor: its text is to be saved over the other. */
export function keepMine(file: FileEntry): FileEntry {
  return file.below === undefined ? file : { base: file.below, text: file.text };
}

/** Settles a conflict in favour of the workspace; `undefined` when it had deleted the file. */
export function takeTheirs(file: FileEntry): FileEntry | undefined {
  if (file.below === undefined) return file;
  return file.below === null ? undefined : cleanFile(file.below);
}
