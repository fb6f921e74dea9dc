import { StatusError } from '../../../api';
import { type LoadedInfo, qualifiedName } from '../../resources';
import { plainMessage } from '../../session';

/** What came of one pass of an edit: why it has to be done again, or cannot be (editResults). */
export interface EditResults {
  /** Told at the head of the file when it is opened again. */
  readonly reasons: string[];
  retryable: number;
  notFound: number;
}

/** Nothing yet. */
export const newResults = (): EditResults => ({ reasons: [], retryable: 0, notFound: 0 });

/** Notes what the server has against an edited object, and says it in a line (addError). */
export function refusalOf(results: EditResults, error: unknown, { resource, name }: LoadedInfo): string {
  if (!(error instanceof StatusError)) throw error;
  const what = `${qualifiedName(resource)} "${name}"`;
  if (error.reason === 'Invalid') {
    const causes = (error.status.details?.causes ?? []).map(
      (cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`,
    );
    results.reasons.push(reason(`${what} was not valid`, causes));
    return `error: ${what} is invalid`;
  }
  if (error.reason === 'NotFound') {
    results.notFound += 1;
    return `error: ${what} could not be found on the server`;
  }
  results.retryable += 1;
  return `error: ${what} could not be patched: ${plainMessage(error).replace(/^Error from server.*?: /, '')}`;
}

/** One reason as comments. */
export function reason(head: string, causes: readonly string[] = []): string {
  const commented = (words: string) => words.replace(/\n(?!#|$)/g, '\n# ');
  const lines = causes.map((cause) => `# * ${commented(cause)}\n`).join('');
  return `# ${commented(head)}${causes.length > 0 ? ':' : ''}\n${lines}#\n`;
}
