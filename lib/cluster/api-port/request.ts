import type { Request } from '../../api';

/** A request over HTTP. */
export type HttpRequest = Extract<Request, { kind: 'http' }>;

/** A header by its name, however it was written. */
export function header(request: HttpRequest, name: string): string | undefined {
  return Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1];
}
