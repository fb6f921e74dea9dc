import { expect, test } from 'vitest';
import { type CodeMarks, describeCode } from './code-block';

const plain: CodeMarks = { language: 'sh', use: undefined, file: undefined };

test('copying a transcript gives its commands, without prompts and answers', () => {
  const block = describeCode('$ kubectl get svc\nNAME   TYPE\n$ kubectl get pods\n', {
    ...plain,
    language: 'console',
  });
  expect(block.copyText).toBe('kubectl get svc\nkubectl get pods');
});

test('copying a transcript without commands gives all of it', () => {
  expect(describeCode('-A KUBE-SVC-X -j Y\n', { ...plain, language: 'console' }).copyText).toBe(
    '-A KUBE-SVC-X -j Y',
  );
});

test.each([
  ['run', 'a\nb\n', 'a\rb\r'],
  ['type', 'a\n', 'a'],
  [undefined, 'a\n', undefined],
] as const)('a block to %s gives those keys', (use, text, keys) => {
  expect(describeCode(text, { ...plain, use }).keys).toBe(keys);
});

test('a dollar sign in a manifest is no prompt', () => {
  expect(describeCode('$ a\nb\n', { ...plain, language: 'yaml' }).copyText).toBe('$ a\nb');
});
