import type { Draw } from '../draw';
import { many, word } from '../schema-values';
import { fieldSelector, labelSelector } from '../selectors';

const VALUES: Readonly<Record<string, readonly string[]>> = {
  dryRun: ['All', '', 'all', 'None'],
  fieldManager: ['me', '', 'x'.repeat(129), '\u0007'],
  fieldValidation: ['Strict', 'Warn', 'Ignore', 'strict', ''],
  force: ['true', 'false', '1', 'x'],
  pretty: ['true', '', '0'],
  limit: ['1', '0', '-1', '500', 'x', '9223372036854775808'],
  continue: ['x', '', 'eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MSwic3RhcnQiOiJhIn0', 'e30', 'bnVsbA'],
  resourceVersion: ['0', '1', '', 'x', '-1', '99999999999', '18446744073709551616', '1.5'],
  resourceVersionMatch: ['Exact', 'NotOlderThan', 'x', ''],
  timeoutSeconds: ['1', '0', '-1', 'x'],
  watch: ['1', 'true', 'false', ''],
  allowWatchBookmarks: ['true', 'x'],
  sendInitialEvents: ['true', 'false', 'x'],
  gracePeriodSeconds: ['0', '1', '-1', 'x'],
  propagationPolicy: ['Background', 'Foreground', 'Orphan', 'x'],
  orphanDependents: ['true', 'false'],
  includeObject: ['None', 'Object', 'Metadata', 'x'],
  container: ['web', 'init', 'x'],
  tailLines: ['1', '-1', 'x'],
  sinceSeconds: ['1', '0', '-1'],
  sinceTime: ['2026-01-05T09:00:00Z', 'x', ''],
  follow: ['true', 'false'],
  previous: ['true', 'false'],
  limitBytes: ['1', '0', '-5'],
  stream: ['All', 'Stdout', 'x'],
  command: ['ls', ''],
  stdin: ['true'],
  export: ['true'],
};

/** A query of those options and of junk. */
export function queryOf(draw: Draw, names: readonly string[], most = 3): string {
  const pairs = many(draw, most, () => {
    const name = draw.chance(93) ? draw.pick(names) : draw.pick(Object.keys(VALUES));
    if (name === 'labelSelector') return `${name}=${encodeURIComponent(labelSelector(draw))}`;
    if (name === 'fieldSelector') return `${name}=${encodeURIComponent(fieldSelector(draw))}`;
    const value = draw.chance(95) ? draw.pick(VALUES[name] ?? ['']) : word(draw);
    return `${name}=${encodeURIComponent(value)}`;
  });
  if (draw.chance(2))
    return `?${[...pairs, draw.pick(['%', '%zz=1', ';', '&&', '=', 'a', 'watch', '%ff=1', '??'])].join('&')}`;
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

export const WRITE_OPTIONS = ['dryRun', 'fieldManager', 'fieldValidation', 'pretty'] as const;
export const LIST_OPTIONS = [
  'labelSelector',
  'fieldSelector',
  'limit',
  'continue',
  'resourceVersion',
  'resourceVersionMatch',
  'watch',
  'allowWatchBookmarks',
  'sendInitialEvents',
  'timeoutSeconds',
  'includeObject',
  'pretty',
] as const;
export const DELETE_OPTIONS = [
  'dryRun',
  'gracePeriodSeconds',
  'propagationPolicy',
  'orphanDependents',
] as const;
export const LOG_OPTIONS = [
  'container',
  'tailLines',
  'sinceSeconds',
  'sinceTime',
  'follow',
  'previous',
  'limitBytes',
  'stream',
] as const;
