import { type Cancel, type CancelSource, createCancel } from '../base';

/** Calls off whatever a request started once its client has gone. */
export function cancelOf(request: Request): CancelSource {
  const cancel = createCancel();
  if (request.signal.aborted) cancel.cancel();
  request.signal.addEventListener('abort', () => cancel.cancel(), { once: true });
  return cancel;
}

/**
 * A response that grows piece by piece. A refusal that comes at once is still an ordinary answer; a watch
 * on which nothing happens must send its headers all the same, so no more than one turn is waited for the first piece.
 */
export async function streamResponse(
  pieces: AsyncIterable<string>,
  contentType: string,
  cancel: CancelSource,
): Promise<Response> {
  const iterator = pieces[Symbol.asyncIterator]();
  let pending = iterator.next();
  await Promise.race([pending, new Promise((resolve) => setTimeout(resolve, 0))]);
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

/** Ends after so many seconds, as a watch with `timeoutSeconds` does. */
export function cancelAfter(cancel: CancelSource, seconds: number | undefined): void {
  if (seconds === undefined) return;
  const timer = setTimeout(() => cancel.cancel(), seconds * 1000);
  cancel.onCancel(() => clearTimeout(timer));
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
