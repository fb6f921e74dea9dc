export { editsSince } from './lineage';
export { type OutlineRow, outlineOf } from './outline';
export { attemptEntry, entryOf, openTimeline, type Timeline } from './timeline';
