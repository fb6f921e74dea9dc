import { expect, test } from 'vitest';
import { renderMarkdown } from '../../../lib/server/markdown';
import { codeBars } from './code-bars';

const LONG = 'kubectl get endpointslices -l kubernetes.io/service-name=web-service';

test('every block can be copied, and the one that can be run is sent by its place', async () => {
  const html = codeBars(await renderMarkdown('```text\na\n```\n\n```console\n$ ls\n```'), 'dns', [
    false,
    true,
  ]);
  expect(html.match(/data-copy/g)).toHaveLength(2);
  expect(html.match(/action="\/sandbox\/run"/g)).toHaveLength(1);
  expect(html).toContain(
    '<input type="hidden" name="chapter" value="dns"><input type="hidden" name="block" value="1">',
  );
});

test.each([
  ['ls', false],
  [LONG, true],
])('a block with %j can be reached by keyboard: %s', async (line, reached) => {
  const html = codeBars(await renderMarkdown(`\`\`\`console\n$ ${line}\n\`\`\``), 'dns', [true]);
  expect(html.includes('<pre tabindex="0"')).toBe(reached);
});
