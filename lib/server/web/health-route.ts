import type { ServerResponse } from 'node:http';
import type { Pulse } from '../database';
import { log } from '../log';

/** Says whether the database answers, which is all that this process needs. */
export async function answerHealth(pulse: Pulse, response: ServerResponse): Promise<void> {
  const failure = await pulse.feel().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure !== undefined) log('error', 'unhealthy', { error: failure });
  const body =
    failure === undefined
      ? { status: 'ok' }
      : { status: 'unavailable', reason: 'the database does not answer' };
  response.writeHead(failure === undefined ? 200 : 503, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
}
