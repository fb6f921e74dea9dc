/** What the server answers a command; JSON. */
export type RedisReply =
  | { readonly kind: 'status' | 'error'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'bulk'; readonly text: string | null }
  | { readonly kind: 'array'; readonly items: readonly RedisReply[] | null };

/** A refusal: "ERR syntax error". */
export class RedisError extends Error {
  override name = 'RedisError';
}

export const OK: RedisReply = { kind: 'status', text: 'OK' };
export const NIL: RedisReply = { kind: 'bulk', text: null };
export const integer = (value: number): RedisReply => ({ kind: 'integer', value });
export const bulk = (text: string | null | undefined): RedisReply => ({ kind: 'bulk', text: text ?? null });
export const list = (texts: readonly (string | null)[]): RedisReply => ({
  kind: 'array',
  items: texts.map(bulk),
});

/** A reply as it goes over the wire. */
export function encodeReply(reply: RedisReply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`;
    case 'error':
      return `-${reply.text}\r\n`;
    case 'integer':
      return `:${reply.value}\r\n`;
    case 'bulk':
      return reply.text === null ? '$-1\r\n' : `$${reply.text.length}\r\n${reply.text}\r\n`;
    case 'array':
      return reply.items === null
        ? '*-1\r\n'
        : `*${reply.items.length}\r\n${reply.items.map(encodeReply).join('')}`;
  }
}
