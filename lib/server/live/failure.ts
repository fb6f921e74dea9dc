import { FileError } from '../../base';
import { AppError } from '../app-error';

/** Whether an error is an answer to what was asked, rather than something that broke. */
export function isRefusal(error: unknown): error is AppError | FileError {
  return error instanceof AppError || error instanceof FileError;
}

/** What a page is told of an error. */
export function failureMessage(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  if (error instanceof FileError) return { code: error.code, message: `${error.path}: ${error.message}` };
  return {
    code: 'unavailable',
    message: 'The server could not store that, so it was not done. The lab is loaded again as it was before.',
  };
}
