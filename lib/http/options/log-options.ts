import { badRequest, type FieldError, invalid, type LogOptions } from '../../api';
import { type Cancel, rfc3339Error } from '../../base';
import { type Query, readBool, readInteger, readText } from '../request/parameters';
import { forbidden } from './option-errors';

/** corev1.PodLogOptions (validation.ValidatePodLogOptions). */
export function readLogOptions(query: Query, pod: string, cancel: Cancel): LogOptions {
  const options = {
    container: readText(query, 'container'),
    follow: readBool(query, 'follow'),
    previous: readBool(query, 'previous'),
    sinceSeconds: readInteger(query, 'sinceSeconds'),
    sinceTime: readTime(query),
    timestamps: readBool(query, 'timestamps'),
    tailLines: readInteger(query, 'tailLines'),
    limitBytes: readInteger(query, 'limitBytes'),
  };
  const errors = errorsOf(options, readText(query, 'stream'));
  if (errors.length > 0) throw invalid('PodLogOptions', '', pod, errors);
  return { ...options, cancel };
}

function readTime(query: Query): string | undefined {
  const text = readText(query, 'sinceTime') ?? '';
  if (text === '' || text === 'null') return undefined;
  const problem = rfc3339Error(text);
  if (problem !== undefined) throw badRequest(problem);
  return text;
}

function errorsOf(
  { tailLines, limitBytes, sinceSeconds, sinceTime }: Omit<LogOptions, 'cancel'>,
  stream: string | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const bad = (field: string, value: number, detail: string) =>
    errors.push({ type: 'Invalid', field, badValue: String(value), detail });
  if (tailLines !== undefined && tailLines < 0)
    bad('tailLines', tailLines, 'must be greater than or equal to 0');
  if (limitBytes !== undefined && limitBytes < 1) bad('limitBytes', limitBytes, 'must be greater than 0');
  if (sinceSeconds !== undefined && sinceTime !== undefined)
    errors.push(forbidden('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  else if (sinceSeconds !== undefined && sinceSeconds < 1)
    bad('sinceSeconds', sinceSeconds, 'must be greater than 0');
  if (stream !== undefined) errors.push(forbidden('stream', 'may not be specified'));
  return errors;
}
