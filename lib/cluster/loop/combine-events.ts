import type { Ledger } from './ledger';

/** From so many different messages on, similar events are told as one (client-go's defaultAggregateMaxEvents). */
const MAX_MESSAGES = 10;
/** After so long without a similar event they are counted anew (defaultAggregateIntervalInSeconds). */
const INTERVAL_MS = 600_000;

interface Similar {
  readonly at: number;
  readonly messages: readonly string[];
}

/** The message under which an event is told together with too many similar ones; undefined when it stands alone. */
export function combine(
  { ledger, now }: { readonly ledger: Ledger; readonly now: number },
  similarity: string,
  message: string,
): string | undefined {
  const key = `similar\u0000${similarity}`;
  const known = read(ledger.event(key));
  const fresh = known === undefined || now - known.at > INTERVAL_MS;
  const messages = [...new Set([...(fresh ? [] : known.messages), message])];
  const tooMany = messages.length >= MAX_MESSAGES;
  // A set that is full makes room for the next: which of its members goes does not matter.
  ledger.setEvent(key, JSON.stringify({ at: now, messages: tooMany ? messages.slice(1) : messages }));
  return tooMany ? `(combined from similar events): ${message}` : undefined;
}

function read(text: string | undefined): Similar | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Similar);
}
