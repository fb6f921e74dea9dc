import type { Tool } from '../process';
import { curl } from './curl';
import { dig, host } from './dig';
import { hostTools } from './host-tools';
import { nc } from './nc';
import { nslookup } from './nslookup';
import { openssl } from './openssl';
import { getent, ping } from './reach';
import { trace } from './trace';
import { wget } from './wget';

/** Tools that use the network. */
export const networkTools: Readonly<Record<string, Tool>> = {
  ...hostTools,
  curl,
  dig,
  getent,
  host,
  nc,
  nslookup,
  openssl,
  ping,
  trace,
  wget,
};
