/** One line of a table. */
export interface Row {
  readonly command: string;
  /** Typed here only: it moves the state on for the lines below. */
  readonly setup: boolean;
  /** What the clock on the wall and chance decide (ages of now, uids, drawn names and addresses) counts as equal. */
  readonly loose: boolean;
}

/** Reads a table: a command a line, `@ ` before one that only moves the state on, `~ ` before one that shows what clock and chance decide. */
export function readTable(text: string): readonly Row[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('# '))
    .map((line) => {
      const mark = /^([@~]) (.*)$/.exec(line);
      return { command: mark?.[2] ?? line, setup: mark?.[1] === '@', loose: mark?.[1] === '~' };
    });
}
