import { type Status, type StatusCause, StatusError } from '../../api';
import { BrokenPipeError } from '../../base';
import { UsageError } from '../seams';

/** Ends kubectl with a status and an exact text ('' for silence), as `os.Exit` after printing. */
export class ExitError extends Error {
  override name = 'ExitError';
  readonly code: number;
  constructor(code: number, message = '') {
    super(message);
    this.code = code;
  }
}

/** A printer that failed in the middle; `output` had been printed by then. */
export class PrintFailure extends UsageError {
  override name = 'PrintFailure';
  readonly output: string;
  constructor(output: string, message: string) {
    super(message);
    this.output = output;
  }
}

/** Several failures of one command, printed one a line. */
export class AggregateFailure extends Error {
  override name = 'AggregateFailure';
  readonly errors: readonly Error[];
  constructor(errors: readonly Error[]) {
    super(errors.map((error) => error.message).join('\n'));
    this.errors = errors;
  }
}

/** `error: …`: what kubectl itself found wrong. */
export function fail(message: string): UsageError {
  return new UsageError(message);
}

/** A URL that could not be had, and why in Go's words (StandardErrorMessage). */
export function unreachable(url: string, why: string): ExitError {
  const host = url.replace(/^[a-z]+:\/\//, '').split('/')[0] ?? '';
  return new ExitError(
    1,
    why.includes('connection refused')
      ? `The connection to the server ${host} was refused - did you specify the right host or port?`
      : `Unable to connect to the server: ${why}`,
  );
}

/** `error: …` with the line that points to the command's help (cmdutil.UsageErrorf). */
export function usageFailure(command: string, message: string): UsageError {
  return new UsageError(`${message}\nSee 'kubectl ${command} -h' for help and examples`);
}

/** Throws what a visit gathered: nothing, the one failure, or all of them. */
export function throwAll(errors: readonly Error[]): void {
  if (errors.length === 1 && errors[0]) throw errors[0];
  if (errors.length > 1) throw new AggregateFailure(errors);
}

/** The error as an `Error` to report; bugs, broken pipes and the like are thrown on. */
export function asFailure(error: unknown): Error {
  if (error instanceof StatusError || error instanceof UsageError || error instanceof AggregateFailure)
    return error;
  throw error;
}

/** Whether an error is the API's NotFound. */
export function isNotFound(error: unknown): boolean {
  return error instanceof StatusError && error.reason === 'NotFound';
}

/** cmdutil.AddSourceToErr: names the file that an error came from. */
export function withSource(verb: string, source: string, error: unknown): unknown {
  if (source === '') return error;
  if (error instanceof StatusError) {
    const message = `error when ${verb} "${source}": ${error.status.message ?? ''}`;
    return new StatusError({ ...error.status, message } as Status);
  }
  if (error instanceof UsageError) return new UsageError(`error when ${verb} "${source}": ${error.message}`);
  return error;
}

/** What kubectl prints for a failure, and its exit status (cmdutil.checkErr). */
export function describeFailure(error: unknown): { readonly text: string; readonly code: number } {
  if (error instanceof ExitError) return { text: error.message, code: error.code };
  if (error instanceof AggregateFailure) {
    const only = error.errors.length === 1 ? error.errors[0] : undefined;
    if (only) return describeFailure(only);
    return { text: error.errors.map((each) => `${plainMessage(each)}\n`).join(''), code: 1 };
  }
  if (error instanceof StatusError) {
    return { text: error.reason === 'Invalid' ? invalidMessage(error.status) : plainMessage(error), code: 1 };
  }
  if (error instanceof UsageError) {
    const bare = error.bare || error.message.startsWith('error: ');
    return { text: bare ? error.message : `error: ${error.message}`, code: 1 };
  }
  if (error instanceof BrokenPipeError) throw error;
  throw error;
}

/** cmdutil.messageForError: without the "error: " of a lone failure. */
export function plainMessage(error: Error): string {
  if (!(error instanceof StatusError)) return error.message;
  if (error.reason === 'Unauthorized') return `error: You must be logged in to the server (${error.message})`;
  return error.reason === ''
    ? `Error from server: ${error.message}`
    : `Error from server (${error.reason}): ${error.message}`;
}

function invalidMessage(status: Status): string {
  const { details, message = '' } = status;
  let head = 'The request is invalid';
  if (!details) return message === '' ? head : `${head}: ${message}`;
  const causes = details.causes ?? [];
  if (details.kind || details.name) head = `The ${details.kind ?? ''} "${details.name ?? ''}" is invalid`;
  else if (message !== '' && causes.length === 0) head = `${head}: ${message}`;
  const lines = [...new Set(causes.map(causeText))];
  if (lines.length === 0) return head;
  if (lines.length === 1) return `${head}: ${lines[0]}\n`;
  return `${head}: \n${lines.map((line) => `* ${line}\n`).join('')}`;
}

const causeText = (cause: StatusCause): string => `${cause.field ?? ''}: ${cause.message ?? ''}`;
