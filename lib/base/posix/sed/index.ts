export { parseSed } from './parse';
export type { SedCommand } from './program';
export { editLines, LineSed, looksAhead } from './run';
