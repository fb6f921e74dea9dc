import { busyPageSeconds } from './busy-retry';

/** What can go wrong at the web edge. */
export type AppErrorCode =
  | 'not-found'
  | 'no-guest'
  | 'forbidden'
  | 'invalid'
  | 'too-large'
  | 'unavailable'
  | 'busy'
  | 'broken-lab';

/** HTTP's word for each code. */
export const APP_ERROR_STATUS: Readonly<Record<AppErrorCode, number>> = {
  'not-found': 404,
  'no-guest': 401,
  forbidden: 403,
  invalid: 400,
  'too-large': 413,
  unavailable: 503,
  busy: 503,
  'broken-lab': 500,
};

/**
 * By this a page in the browser knows what failed for want of time, and after how many seconds to ask again
 * (`app/_ui/busy-digest`): of other errors it learns nothing.
 */
const busyDigest = () => `portside-busy:${busyPageSeconds()}`;

/** A refusal that a person may read. */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: AppErrorCode;
  /** What Next tells the browser of an error. */
  readonly digest?: string;
  constructor(code: AppErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    if (code === 'busy') this.digest = busyDigest();
  }
}

/** A reason not to start, told in one sentence; the process then ends with a non-zero status. */
export class StartError extends Error {
  override name = 'StartError';
}
