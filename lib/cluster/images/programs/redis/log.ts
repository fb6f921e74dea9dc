import { timeParts } from '../../../../base';
import type { ProcessEnv } from '../../../seams';
import type { RedisState } from './state';

/** A line of Redis' log: its role (C at the start, M a master, S a replica), and a mark for its weight. */
export function redisLine(
  env: Pick<ProcessEnv, 'now'>,
  role: 'C' | 'M' | 'S',
  mark: '*' | '#',
  text: string,
): string {
  const { date, monthName, clock } = timeParts(env.now);
  const ms = String(env.now % 1000).padStart(3, '0');
  return `1:${role} ${date[2]} ${monthName} ${date[0]} ${clock}.${ms} ${mark} ${text}`;
}

export const roleOf = ({ master }: Pick<RedisState, 'master'>): 'M' | 'S' => (master === null ? 'M' : 'S');
