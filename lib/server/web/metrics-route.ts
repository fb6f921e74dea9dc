import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { routeRule } from '../access';
import type { Metrics } from '../metrics';

/** Serves `/metrics` to whoever has the operator's token; without one, to this machine alone. */
export async function answerMetrics(
  metrics: Metrics,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!isOperator(request, token)) {
    response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('Not found.\n');
    return;
  }
  const { body, type } = await metrics.text();
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}

/** Counts an answer when it has been given. */
export function countAnswer(metrics: Metrics, request: IncomingMessage, response: ServerResponse): void {
  const began = performance.now();
  const path = (request.url ?? '').split('?')[0] ?? '';
  const route = path.startsWith('/_next/') ? '/_next' : (routeRule(path)?.path ?? 'none');
  response.once('close', () => {
    const seconds = (performance.now() - began) / 1_000;
    metrics.answered(route, request.method ?? '', response.statusCode, seconds);
  });
}

/** A request that came through a proxy is never this machine's own. */
function isOperator(request: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) return sameText(request.headers.authorization ?? '', `Bearer ${token}`);
  const from = request.socket.remoteAddress ?? '';
  return /^(127\.|::1$|::ffff:127\.)/.test(from) && request.headers['x-forwarded-for'] === undefined;
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
