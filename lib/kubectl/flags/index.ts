export { formatDuration, parseDuration } from '../../base';
export { parseFlags, standAlone } from './parse-flags';
export { bool, type DryRun, dryRunOf, duration, int, list, text } from './read-flags';
