import { describe, expect, it } from 'vitest';
import { createBreath } from './breath';

describe('[W3] busy shells go on in rounds', () => {
  it('holds every shell at its next breath, and steps one round at a time', async () => {
    const breath = createBreath(0);
    let steps = 0;
    let stop = false;
    const loop = (async () => {
      while (!stop) {
        steps += 1;
        await breath.breathe();
      }
    })();
    expect(await breath.settle(3)).toBe(false);
    const release = await breath.hold();
    const before = steps;
    const count = breath.count;
    expect(await breath.settle(10)).toBe(false);
    expect(steps).toBe(before);
    await breath.step();
    expect(steps).toBe(before + 1);
    expect(breath.count).toBe(count + 1);
    stop = true;
    release();
    await loop;
    expect(await breath.settle(10)).toBe(true);
    expect(breath.busy).toBe(false);
  });

  it('is settled at once when nobody is busy', async () => {
    expect(await createBreath(7).settle(0)).toBe(true);
  });
});
