import type { KubeObject } from '../../api';
import type { ParsedArgs } from '../seams';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** Commands that still take `--record`, though their help does not show it. */
export const RECORDING: ReadonlySet<string> = new Set([
  'annotate',
  'apply',
  'autoscale',
  'create',
  'edit',
  'expose',
  'label',
  'patch',
  'run',
  'scale',
  'set image',
  'set resources',
  'set selector',
  'set serviceaccount',
]);

/** With `--record` the command line, as kubectl puts it together again (genericclioptions.RecordFlags). */
export function changeCause(path: string, args: ParsedArgs): string | undefined {
  if (!args.given.has('record') || args.flags.record !== 'true') return undefined;
  const flags = [...args.given].sort().flatMap((name) => {
    const value = args.flags[name];
    if (typeof value === 'string') return [`--${name}=${value}`];
    return value === undefined ? [] : [`--${name}=[${value.join(',')}]`];
  });
  return ['kubectl', path, ...args.positional, ...flags].join(' ');
}

/** The annotation that notes why, as a patch has it. */
export const causeAnnotation = (cause: string | undefined): Readonly<Record<string, string>> =>
  cause === undefined ? {} : { [CHANGE_CAUSE]: cause };

/** The object with why it was changed noted on it. */
export function withChangeCause<T extends KubeObject>(object: T, cause: string | undefined): T {
  if (cause === undefined) return object;
  const annotations = { ...object.metadata.annotations, ...causeAnnotation(cause) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
