import { describe, expect, it } from 'vitest';
import { followLesson, startOf } from './kit';
import { readSandboxSlug, type SandboxChoice, sandboxLab, sandboxSlug } from './sandbox-lab';

const choice: SandboxChoice = { nodes: 3, cloud: 'none', proxyMode: 'iptables', seed: 1 };

describe('[K9] a sandbox is a lab without tasks, named by its choices', () => {
  it.each([
    choice,
    { ...choice, nodes: 2, cloud: 'aws', proxyMode: 'ipvs', seed: 20 } satisfies SandboxChoice,
  ])('%o', (each) => {
    expect(readSandboxSlug(sandboxSlug(each))).toEqual(each);
    expect(sandboxLab(each)).toMatchObject({
      slug: sandboxSlug(each),
      cluster: { nodes: each.nodes },
      tasks: [],
    });
  });

  it.each([
    '',
    '3-nodes',
    '1-nodes-none-iptables-1',
    '3-node-none-iptables-1',
    '9-nodes-none-iptables-1',
    '3-nodes-none-iptables-21',
    '3-nodes-gcp-iptables-1',
  ])('"%s" is none', (slug) => expect(readSandboxSlug(slug)).toBeUndefined());

  it.each([
    ['iptables', 'none', 3],
    ['ipvs', 'aws', 2],
  ] as const)('what it suggests works with %s', { timeout: 60_000 }, async (proxyMode, cloud, nodes) => {
    const lab = sandboxLab({ nodes, cloud, proxyMode, seed: 1 });
    const { failures } = await followLesson(lab, await startOf(lab));
    expect(failures).toEqual([]);
  });
});
