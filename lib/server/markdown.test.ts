import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown';

describe('renderMarkdown', () => {
  it.each([
    [
      '```sh run\nkubectl get pods\n```',
      /<figure data-language="sh" data-run=""><pre [^>]*data-language="sh" data-run=""/,
    ],
    ['```sh type\nkubectl get pods -w\n```', /<pre [^>]*data-type=""/],
    ['```yaml file=web-app.yaml\nkind: Pod\n```', /<pre [^>]*data-file="web-app.yaml"/],
    [':::file{path=web.yaml}\n```yaml\nkind: Pod\n```\n:::', /<pre [^>]*data-file="web.yaml"/],
    [':::run\n```sh\nls\n```\n:::', /<pre [^>]*data-run=""/],
    [':::note\nMind this.\n:::', /<aside class="note" role="note" aria-label="Note">/],
    [':::guide\nNot round-robin.\n:::', /<aside class="guide" role="note" aria-label="Where the guide/],
    [':::quiz{id=which-port}\nWhich?\n\n- 80\n- 8080\n:::', /<section class="quiz" data-quiz="which-port">/],
    [
      ':::predict\nWhat now?\n\n---\n\nThis.\n:::',
      /<section class="predict">[\s\S]*<details>\s*<summary>[^<]+<\/summary>\s*<p>This/,
    ],
    ['::cluster', /<div data-picture="cluster"><\/div>/],
    ['::path{to=web port=8080}', /<div data-picture="path" data-to="web" data-port="8080"><\/div>/],
    ['::path{to=api.shop port=80 from=shop/caller-1}', /data-from="shop\/caller-1"/],
    ['```output\nNAME READY\n```', /<pre [^>]*data-language="output"/],
    ['| a | b |\n| - | - |\n| 1 | 2 |', /<table>/],
  ])('[V9] %j has what the page needs', async (markdown, html) => {
    expect(await renderMarkdown(markdown)).toMatch(html);
  });

  it('[V9] colours code for both themes and keeps its text', async () => {
    const html = await renderMarkdown('```yaml\nkind: Service # found by label\n```');
    expect(html).toContain('--shiki-light');
    expect(html).toContain('--shiki-dark');
    expect(html.replace(/<[^>]+>/g, '').trim()).toBe('kind: Service # found by label');
  });

  it.each([
    ['at 10:30, image nginx:latest', 'at 10:30, image nginx:latest'],
    ['port 80::name', 'port 80::name'],
  ])('[V9] %j is prose', async (markdown, text) => {
    expect((await renderMarkdown(markdown)).replace(/<[^>]+>/g, '')).toBe(text);
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['<img src=x onerror=alert(1)>'],
    ['[x](javascript:alert(1))'],
    ['<iframe src="https://example.com"></iframe>'],
    ['```sh run onclick=alert(1)\nls\n```'],
    ['```"><script>alert(1)</script>\nls\n```'],
    [':::quiz{id="x onclick=alert(1)" onclick="alert(1)"}\nWhich?\n:::'],
    ['::path{to="x\\" onload=alert(1)" port=80}'],
    [':::file{path="\\"><script>" onclick="x()"}\n```yaml\na: b\n```\n:::'],
  ])('[V9] %j runs nothing', async (markdown) => {
    const html = await renderMarkdown(markdown);
    expect(html).not.toMatch(/<script|<iframe|<[^>]*\son[a-z]+=|href="javascript/i);
  });
});
