import { APP_ERROR_STATUS, AppError } from './app-error';

/** A proxy that saw nothing for a minute would cut the line. */
const BREATHE_MS = 25_000;

/**
 * A response that tells a browser's EventSource whatever `follow` says, until either side ends it. What is refused is the
 * response's status.
 */
export async function eventStream<T>(
  follow: (tell: (news: T) => void) => Promise<() => void>,
  signal: AbortSignal,
): Promise<Response> {
  const encoder = new TextEncoder();
  const waiting: T[] = [];
  let push = (news: T): void => {
    waiting.push(news);
  };
  let stop: () => void;
  try {
    stop = await follow((news) => push(news));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Response(`${error.message}\n`, { status: APP_ERROR_STATUS[error.code] });
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      push = (news) => send(`data: ${JSON.stringify(news)}\n\n`);
      send(': here\n\n');
      for (const news of waiting.splice(0)) push(news);
      const breath = setInterval(() => send(': still here\n\n'), BREATHE_MS);
      const end = () => {
        push = () => {};
        clearInterval(breath);
        stop();
        controller.close();
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    },
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}
