import { describe, expect, it } from 'vitest';
import { createCancel } from '../base';
import { createTimers } from './timers';

describe('[W2] sleeping costs nothing until the clock is moved', () => {
  it('wakes sleepers in the order of their time, then of their asking', async () => {
    let now = 0;
    const timers = createTimers(() => now);
    const woken: string[] = [];
    void timers.sleep(20).then(() => woken.push('late'));
    void timers.sleep(10).then(() => woken.push('early'));
    void timers.sleep(20).then(() => woken.push('late too'));
    expect(timers.nextDue).toBe(10);
    now = 20;
    timers.wakeDue(now);
    await Promise.resolve();
    expect(woken).toEqual(['early', 'late', 'late too']);
    expect(timers.nextDue).toBeUndefined();
  });

  it('wakes a cancelled sleeper at once and forgets it', async () => {
    const timers = createTimers(() => 0);
    const cancel = createCancel();
    const sleep = timers.sleep(1000, cancel);
    cancel.cancel();
    await sleep;
    expect(timers.nextDue).toBeUndefined();
  });

  it('does not wait at all when already cancelled', async () => {
    const timers = createTimers(() => 0);
    const cancel = createCancel();
    cancel.cancel();
    await timers.sleep(1000, cancel);
    expect(timers.nextDue).toBeUndefined();
  });
});
