import { useEffect, useState } from 'react';
import { retryDelayMs } from './lab/backoff';

/** What a stream tells its owner. */
export interface StreamEvents<T> {
  readonly onNews: (news: T) => void;
  readonly onLine?: (connected: boolean) => void;
}

/** Listens to a server's event stream until the returned function is called. */
export function openEventStream<T>(address: string, { onNews, onLine }: StreamEvents<T>): () => void {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  const connect = () => {
    source = new EventSource(address);
    source.onopen = () => {
      attempt = 0;
      onLine?.(true);
    };
    source.onerror = () => {
      onLine?.(false);
      // The browser comes back by itself after a broken line, and never after an answer such as 502.
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, retryDelayMs(attempt, Math.random()));
      attempt += 1;
    };
    source.onmessage = (event) => onNews(JSON.parse(event.data) as T);
  };
  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** What a server's event stream makes of `initial`, message by message; it mends itself. */
export function useEventStream<T, N>(
  address: string,
  initial: T,
  after: (known: T, news: N) => T,
): { latest: T; connected: boolean } {
  const [latest, setLatest] = useState(initial);
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const onNews = (news: N) => setLatest((known) => after(known, news));
    return openEventStream<N>(address, { onNews, onLine: setConnected });
  }, [address, after]);
  return { latest, connected };
}
