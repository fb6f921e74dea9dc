import { describe, expect, it } from 'vitest';
import { chapterBlocks, sandboxErrand } from './chapter-blocks';

const PAGE = [
  '```yaml file=web.yaml',
  'kind: Pod',
  '```',
  '```yaml shown',
  'not: tried',
  '```',
  '```console',
  '$ kubectl apply -f web.yaml',
  'pod/web created',
  '$ for i in 1 2; do',
  '>   echo $i',
  '> done',
  '1',
  '> no command',
  '```',
  '```yaml',
  'kind: Service',
  '```',
].join('\n');

describe("[A13] a chapter's block in a sandbox", () => {
  const blocks = chapterBlocks('pods', PAGE);
  const file = { path: 'web.yaml', text: 'kind: Pod\n' };

  it.each([
    [0, { files: [file], own: 'web.yaml', keys: 'kubectl apply -f web.yaml' }],
    [1, undefined],
    [
      2,
      { files: [file], own: undefined, keys: 'kubectl apply -f web.yaml\rfor i in 1 2; do\r  echo $i\rdone' },
    ],
    [
      3,
      {
        files: [file, { path: 'pods-4.yaml', text: 'kind: Service\n' }],
        own: 'pods-4.yaml',
        keys: 'kubectl apply -f pods-4.yaml',
      },
    ],
    [9, undefined],
  ])('block %i', (index, errand) => {
    expect(sandboxErrand(blocks, index)).toEqual(errand);
  });
});
