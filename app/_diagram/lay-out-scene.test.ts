import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layOutScene } from './lay-out-scene';
import type { Scene } from './scene';

const folder = new URL('../../chapters/diagrams/', import.meta.url);
const scenes = readdirSync(folder).flatMap((file) =>
  Object.entries<Scene>(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))).map(
    ([name, scene]) => [`${file} ${name}`, scene] as const,
  ),
);
const scene = (name: string): Scene => {
  const found = scenes.find(([each]) => each === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found[1];
};

describe('[A14] a diagram', () => {
  it.each(scenes)('%s fits its paper, and nothing lies upon another', (_name, each) => {
    for (const width of [608, 352]) {
      const { quays, harbours, marks, legs, height } = layOutScene(each, width);
      const boxes = [...quays, ...harbours, ...marks];
      for (const [index, a] of boxes.entries()) {
        expect(a.x + a.width).toBeLessThanOrEqual(width);
        expect(a.y + a.height).toBeLessThanOrEqual(height);
        for (const b of boxes.slice(index + 1)) {
          const apart =
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
          expect(apart, `${a.place} and ${b.place}`).toBe(true);
        }
      }
      expect(new Set(legs.map(({ x }) => x)).size).toBe(legs.length);
    }
  });

  it.each([
    ['a name is asked for first', 'clusterip.json request', [true, false, false]],
    ['in by a node, on by its rules', 'nodeport.json door', [false, false, false]],
    ['a name that is not the cluster’s is asked for outside', 'clusterip.json outside', [true, false, true]],
  ])('%s', (_title, name, queries) => {
    const { legs } = layOutScene(scene(name), 608);
    expect(legs.map(({ query }) => query)).toEqual(queries);
  });

  it('every hop belongs to a stop, in order', () => {
    const each = scene('clusterip.json request');
    const hops = layOutScene(each, 608).legs.map((leg) => leg.hops);
    expect(hops.flat()).toEqual([...hops.flat()].sort((a, b) => a - b));
    expect(hops.at(-1)?.[1]).toBe(each.way?.trace.length);
  });

  it('an endpoint that is not ready has another line than one that is', () => {
    const ropes = layOutScene(scene('incidents.json not-ready'), 608).ropes;
    expect(ropes.length).toBeGreaterThan(0);
    expect(ropes.every(({ ready }) => !ready)).toBe(true);
  });
});
