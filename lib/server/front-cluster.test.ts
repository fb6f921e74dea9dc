import { describe, expect, it } from 'vitest';
import type { EndpointSlice, Pod } from '../api';
import { createFrontCluster } from './front-cluster';
import type { FrontFrame } from './views';

const pods = ({ objects }: FrontFrame) =>
  objects.filter((each): each is Pod => each.kind === 'Pod' && each.metadata.name !== 'client');
const endpoints = ({ objects }: FrontFrame) =>
  objects
    .filter((each): each is EndpointSlice => each.kind === 'EndpointSlice')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'web')
    .flatMap((slice) => slice.endpoints ?? []);
const last = <T>(all: readonly T[]): T => {
  const found = all.at(-1);
  if (found === undefined) throw new Error('nothing happened');
  return found;
};

describe('[V24] the cluster on the front page', () => {
  const front = createFrontCluster();

  it('begins with three ready Pods behind a Service', async () => {
    const { frames } = await front.play([]);
    expect(pods(last(frames))).toHaveLength(3);
    expect(endpoints(last(frames))).toHaveLength(3);
  });

  it('a request arrives, and another may arrive elsewhere', async () => {
    const answers = new Set<string>();
    for (let count = 1; count <= 8; count += 1) {
      const { frames } = await front.play(Array.from({ length: count }, () => 'request'));
      answers.add(last(frames).way?.outcome ?? '');
    }
    expect([...answers].every((answer) => answer.startsWith('answered 200 by web-'))).toBe(true);
    expect(answers.size).toBeGreaterThan(1);
  });

  it('a deleted Pod is replaced, and what happens meanwhile is shown', async () => {
    const victim = pods(last((await front.play([])).frames))[0]?.metadata.name ?? '';
    const { said, frames } = await front.play([`delete:${victim}`]);
    expect(said).toContain(`pod "${victim}" deleted`);
    expect(frames.length).toBeGreaterThan(2);
    const names = pods(last(frames)).map(({ metadata }) => metadata.name);
    expect(names).toHaveLength(3);
    expect(names).not.toContain(victim);
  });

  it('a broken selector finds nobody, and mending it brings them back', async () => {
    const { frames } = await front.play(['break']);
    expect(endpoints(last(frames))).toEqual([]);
    expect(last((await front.play(['break', 'request'])).frames).way?.outcome).toMatch(/^refused/);
    expect(endpoints(last((await front.play(['break', 'mend'])).frames))).toHaveLength(3);
  });

  it('the same moves give the same, on any server', async () => {
    const moves = ['request', 'scale:5', 'request'];
    expect(await createFrontCluster().play(moves)).toEqual(await front.play(moves));
  });

  it.each([[['rm -rf']], [['delete:client']], [['scale:50']], [['delete:web-x; reboot']]])(
    'refuses %j',
    async (moves) => {
      await expect(front.play(moves)).rejects.toMatchObject({ code: 'invalid' });
    },
  );

  it('and more than the front page is for', async () => {
    await expect(front.play(Array.from({ length: 31 }, () => 'request'))).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});
