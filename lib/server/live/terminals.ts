import { AppError } from '../app-error';
import { TERMINALS_LIMIT } from './client-message';
import { createOutputBuffer, type OutputBuffer } from './output-buffer';
import { MAIN } from './page';

/** The terminals of a live workspace: what each has shown, and how large pages show it. */
export interface Terminals {
  readonly outputs: ReadonlyMap<string, OutputBuffer>;
  /** The output of a terminal; a new one begins empty. */
  output(terminal: string): OutputBuffer;
  /** Whether this size is news. */
  resized(terminal: string, size: { readonly columns: number; readonly rows: number }): boolean;
  /** Refuses one terminal too many. */
  need(terminal: string): void;
  remove(terminal: string): void;
}

/** Positions of one loading are above all of an earlier one: nobody reads a thousand characters per millisecond. */
const POSITIONS_PER_MS = 1_000;

/** The terminals that were open when the workspace was stored. */
export function createTerminals(scrollback: Readonly<Record<string, string>>): Terminals {
  const base = () => Date.now() * POSITIONS_PER_MS;
  const outputs = new Map(
    Object.entries({ [MAIN]: '', ...scrollback }).map(([id, text]) => [id, createOutputBuffer(base(), text)]),
  );
  const sizes = new Map<string, string>();
  return {
    outputs,
    output(terminal) {
      const known = outputs.get(terminal) ?? createOutputBuffer(base());
      outputs.set(terminal, known);
      return known;
    },
    resized(terminal, { columns, rows }) {
      const wanted = `${columns}x${rows}`;
      if (sizes.get(terminal) === wanted) return false;
      sizes.set(terminal, wanted);
      return true;
    },
    need(terminal) {
      if (outputs.has(terminal) || outputs.size < TERMINALS_LIMIT) return;
      throw new AppError('too-large', `There can be ${TERMINALS_LIMIT} terminals at once; close one first.`);
    },
    remove(terminal) {
      outputs.delete(terminal);
      sizes.delete(terminal);
    },
  };
}
