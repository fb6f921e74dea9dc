import { civilTime } from '../../../../base';
import type { ProcessEnv } from '../../../seams';
import type { Document } from './bson';

/** One entry of mongod's log: its number, its words, and what it is about. */
export type LogEntry = readonly [id: number, message: string, attributes: Document];

/** Which part of mongod says what. */
function componentOf(id: number): string {
  if (id >= 21_200 && id < 21_500) return 'REPL';
  if (id >= 4_615_600 && id < 4_615_700) return 'ELECTION';
  if (id === 23_974) return 'REPL_HB';
  if (id >= 23_000 && id < 23_100) return 'NETWORK';
  if (id >= 22_900 && id < 23_000) return 'NETWORK';
  if (id >= 20_200 && id < 20_400) return 'STORAGE';
  if (id >= 20_400 && id < 20_500) return 'INDEX';
  return 'CONTROL';
}

/** Lines of mongod's structured log. */
export function logLines(
  env: Pick<ProcessEnv, 'now'>,
  entries: readonly LogEntry[],
  context = 'ReplCoord-0',
): readonly string[] {
  return entries.map(([id, message, attributes]) => {
    const head = `{"t":{"$date":"${iso(env.now)}"},"s":"I",  "c":"${componentOf(id)}",`.padEnd(68);
    const about = Object.keys(attributes).length === 0 ? '' : `,"attr":${JSON.stringify(attributes)}`;
    return `${head}"id":${id}, "ctx":"${context}","msg":${JSON.stringify(message)}${about}}`;
  });
}

function iso(ms: number): string {
  const text = isoTime(ms);
  return `${text.slice(0, -1)}+00:00`;
}

/** "2026-01-05T09:00:00.123Z". */
export function isoTime(ms: number): string {
  const t = civilTime(ms);
  const two = (value: number, width = 2) => String(value).padStart(width, '0');
  return `${t.year}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}:${two(t.second)}.${two(t.millisecond, 3)}Z`;
}
