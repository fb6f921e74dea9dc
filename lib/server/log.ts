/** Facts that go with a log line. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Writes one JSON line to standard error: what happened, when, and its facts. A person at a terminal is spared what is
 * merely of interest.
 */
export function log(level: 'info' | 'warn' | 'error', event: string, fields: LogFields = {}): void {
  if (level === 'info' && process.stderr.isTTY) return;
  const line = { at: new Date().toISOString(), level, event, ...fields };
  process.stderr.write(`${JSON.stringify(line, plainErrors)}\n`);
}

function plainErrors(_key: string, value: unknown): unknown {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack };
  return typeof value === 'bigint' ? Number(value) : value;
}
