import { AsyncResource } from 'node:async_hooks';

const nobodys = new AsyncResource('portside');

/**
 * Does `work` as if no request had asked for it. Whatever is begun while Next renders a page carries that page's context along,
 * and so do the timers and promises that come of it: a workspace would keep the request that opened it in memory for as long as it lives.
 */
export function outsideRequests<T>(work: () => T): T {
  return nobodys.runInAsyncScope(work);
}
