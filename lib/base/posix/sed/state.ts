import type { Address, SedCommand } from './program';

/** What a running script has in hand. */
export interface SedState {
  readonly lines: readonly string[];
  /** The line it is at, counted from 0. */
  at: number;
  pattern: string;
  hold: string;
  out: string;
  /** What comes after the line. */
  after: string;
  replaced: boolean;
  quit: number | undefined;
  deleted: boolean;
  readonly quiet: boolean;
  /** Where the ranges began that the line is in. */
  readonly ranges: Map<SedCommand, number>;
  /** The regular expression that was used last. */
  shape: RegExp | undefined;
  /** What is read by r: a file's text, '' where there is none. */
  readonly readFile: (name: string) => string;
  /** What was written by w, by name. */
  readonly written: Map<string, string>;
}

/** A script before its first line. */
export function newState(lines: readonly string[], quiet: boolean, readFile: SedState['readFile']): SedState {
  return {
    lines,
    at: 0,
    pattern: '',
    hold: '',
    out: '',
    after: '',
    replaced: false,
    quit: undefined,
    deleted: false,
    quiet,
    ranges: new Map(),
    shape: undefined,
    readFile,
    written: new Map(),
  };
}

/** Whether a command is for the line at hand. */
export function applies(state: SedState, command: SedCommand): boolean {
  const { from, to } = command;
  if (from === undefined) return true;
  if (to === undefined) return selects(state, from);
  const number = state.at + 1;
  const started = state.ranges.get(command) ?? (isFromZero(from) && number === 1 ? 0 : undefined);
  if (started === undefined) {
    if (!selects(state, from)) return false;
    const isOneLine =
      (to.kind === 'line' && to.number <= number) ||
      (to.kind === 'more' && to.count === 0) ||
      (to.kind === 'multiple' && number % Math.max(1, to.of) === 0);
    if (!isOneLine) state.ranges.set(command, number);
    return true;
  }
  if (endsRange(state, to, started)) state.ranges.delete(command);
  else state.ranges.set(command, started);
  return to.kind === 'line' && number > to.number ? selects(state, from) : true;
}

/** `0,/re/`: the range may end on the first line already. */
const isFromZero = (from: Address): boolean => from.kind === 'line' && from.number === 0;

function endsRange(state: SedState, to: Address, started: number): boolean {
  const number = state.at + 1;
  if (to.kind === 'more') return number >= started + to.count;
  if (to.kind === 'multiple') return number % Math.max(1, to.of) === 0;
  if (to.kind === 'line') return number >= to.number;
  return selects(state, to);
}

function selects(state: SedState, address: Address): boolean {
  const number = state.at + 1;
  switch (address.kind) {
    case 'line':
      return number === address.number;
    case 'last':
      return number === state.lines.length;
    case 'match': {
      const shape = address.shape ?? state.shape;
      if (shape === undefined) return false;
      state.shape = shape;
      shape.lastIndex = 0;
      return shape.test(state.pattern);
    }
    case 'step':
      return address.step === 0
        ? number === address.first
        : number >= address.first && (number - address.first) % address.step === 0;
    default:
      return false;
  }
}
