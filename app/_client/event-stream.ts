import { useEffect, useState } from 'react';

/** The newest message of a server's event stream; the browser connects again by itself. `on: false` listens to nothing. */
export function useEventStream<T>(address: string, initial: T, on = true): { latest: T; connected: boolean } {
  const [latest, setLatest] = useState(initial);
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    if (!on) return;
    const source = new EventSource(address);
    source.onopen = () => setConnected(true);
    source.onerror = () => setConnected(false);
    source.onmessage = (event) => setLatest(JSON.parse(event.data));
    return () => source.close();
  }, [address, on]);
  return { latest, connected };
}
