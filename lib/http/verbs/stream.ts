import { type Cancel, type CancelSource, createCancel } from '../../base';

/** Calls off whatever a request started once its client has gone. */
export function cancelOf(request: Request): CancelSource {
  const cancel = createCancel();
  if (request.signal.aborted) cancel.cancel();
  request.signal.addEventListener('abort', () => cancel.cancel(), { once: true });
  return cancel;
}

/** A stream that says when it stands: until then it may still be refused as any other request. */
export interface Started<T> {
  readonly pieces: AsyncIterable<T>;
  readonly started: Promise<void>;
}

/** Starts what calls `onStart` once it stands. */
export function startStream<T>(start: (onStart: () => void) => AsyncIterable<T>): Started<T> {
  let onStart = () => {};
  const started = new Promise<void>((resolve) => {
    onStart = resolve;
  });
  return { pieces: start(onStart), started };
}

/**
 * A response that grows piece by piece, as fast as its reader takes it. Its headers go out once the stream stands, though
 * nothing may happen on it for hours.
 */
export async function streamResponse(
  { pieces, started }: Started<string>,
  contentType: string,
  cancel: CancelSource,
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]();
  let pending = iterator.next();
  await Promise.race([pending, started]);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pending;
      if (next.done) {
        controller.close();
        return;
      }
      controller.enqueue(encoder.encode(next.value));
      pending = iterator.next();
    },
    cancel: () => cancel.cancel(),
  });
  return new Response(body, {
    headers: { 'content-type': contentType, 'cache-control': 'no-cache, private' },
  });
}

/** The lines of a response as they arrive; ends when called off. */
export async function* readLines(response: Response, cancel: Cancel): AsyncGenerator<string> {
  let rest = '';
  for await (const text of readText(response, cancel)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') yield line;
  }
  if (rest !== '') yield rest;
}

/** The text of a response as it arrives; ends when called off. */
export async function* readText(response: Response, cancel: Cancel): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const decoder = new TextDecoder();
  const stop = cancel.onCancel(() => void reader.cancel());
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || cancel.cancelled) return;
      yield decoder.decode(value, { stream: true });
    }
  } finally {
    stop();
    await reader.cancel();
  }
}
