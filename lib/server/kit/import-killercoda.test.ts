import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLab } from '../../labs';
import { importKillercoda } from './import-killercoda';
import { takeMarkdown } from './killercoda-text';

function scenario(files: Readonly<Record<string, string>>): string {
  const dir = join(mkdtempSync(join(tmpdir(), 'portside-import-')), 'My First Scenario');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

const INDEX = {
  title: 'Pods',
  description: 'About Pods',
  details: {
    intro: { text: 'intro.md', background: 'setup.sh' },
    steps: [
      { title: 'Run one', text: 'one/text.md', verify: 'one/verify.sh' },
      { title: 'Look', text: 'two.md', foreground: 'later.sh' },
    ],
    finish: { text: 'finish.md' },
    assets: { host01: [{ file: 'pod.yaml', target: '/root' }] },
  },
  backend: { imageid: 'kubernetes-kubeadm-1node' },
};

describe('[K10] takeMarkdown: what a step of Killercoda becomes', () => {
  it.each([
    [
      'a button in a sentence: its block follows the paragraph',
      'First `kubectl get nodes`{{exec}} and then\nmore.\n\nEnd.',
      'First `kubectl get nodes` and then\nmore.\n\n```sh run\nkubectl get nodes\n```\n\nEnd.\n',
    ],
    ['a copy button', '`a b`{{copy}}', '```sh type\na b\n```\n'],
    ['a button with a word', '`ls`{{exec interrupt}}', '```sh run\nls\n```\n'],
    [
      'a block in a list keeps its place',
      '1. Look\n   ```bash\n   ls\n   ```{{exec}}\n2. Go',
      '1. Look\n   ```sh run\n   ls\n   ```\n2. Go\n',
    ],
    ['a block without a button', '```yaml\n# a\n```', '```yaml\n# a\n```\n'],
    ['headings of the text, not of code', '# A\n\n```\n# b\n```{{exec}}', '## A\n\n```sh run\n# b\n```\n'],
    ['a link to a port', 'See [it]({{TRAFFIC_HOST1_80}}/x).', 'See it.\n'],
    ['a picture', 'See\n\n![Scan results](./image.png)\n\nmore', 'See\n\nmore\n'],
    ['HTML', '<details><summary>Tip</summary>\n\nUse `a`.\n\n</details><br>', 'Tip\n\nUse `a`.\n'],
    ['a template', 'Use `{{ name }}` or `{{.Name}}`.', 'Use `name` or `{{.Name}}`.\n'],
    ['nothing', '\n\n', 'This step had no text.\n'],
  ])('%s', (_what, text, lesson) => {
    expect(takeMarkdown(text, 'text.md', [])).toBe(lesson);
  });
});

describe('portside lab import killercoda', () => {
  it('[K10] takes files by pattern, leaves out a script that only waits, and tells of what it changed', async () => {
    const { files, report } = await importKillercoda(
      scenario({
        'index.json': JSON.stringify({
          ...INDEX,
          details: {
            intro: { text: 'intro.md', background: 'setup.sh', foreground: 'wait.sh' },
            steps: [{ text: 'one.md', verify: 'verify.sh' }],
            assets: {
              host01: [
                { file: '*.yaml', target: '~/m', chmod: '+x' },
                { file: '*.zip', target: '/root' },
              ],
            },
          },
          backend: { imageid: 'ubuntu' },
        }),
        'intro.md': 'Wait.',
        'setup.sh': 'kubectl create namespace a\n',
        'wait.sh': 'while [ ! -f /tmp/done ]; do sleep 1; done\n',
        'one.md': 'Do.',
        'verify.sh': "kubectl get pods -o go-template='{{ len }}'\n",
        'assets/a.yaml': 'a: 1\n',
        'assets/b.yaml': 'b: {{ word }}\n',
        'assets/c.txt': 'c',
      }),
    );
    expect(files['private/start.sh']).toBe('kubectl create namespace a\n');
    expect(Object.keys(files).filter((path) => path.startsWith('files/'))).toEqual([
      'files/m/a.yaml',
      'files/m/b.yaml',
    ]);
    expect(files['files/m/b.yaml']).toBe('b: word\n');
    const told = report.join('\n');
    expect(told).toContain('not taken over: wait.sh waits for something');
    expect(told).toContain('no file in assets/ is meant by *.zip');
    expect(told).toContain('look at *.yaml: files have no mode here');
    expect(told).toContain('look at assets/b.yaml: text in double braces has lost them');
    expect(told).toContain('look at verify.sh: text in double braces has lost them');
    expect(told).toContain('look at cluster: ubuntu has no Kubernetes');
  });

  it('takes over texts, commands, verify scripts, start scripts and assets, and reports the rest', async () => {
    const dir = scenario({
      'index.json': JSON.stringify(INDEX),
      'intro.md': '# Welcome\n\nHello.',
      'setup.sh': '#!/bin/bash\nkubectl create namespace demo\n',
      'one/text.md': 'Do this:\n\n```\nkubectl run a --image=nginx\n```{{exec}}\n\nSee ![x](./a.png).',
      'one/verify.sh': '#!/bin/bash\nkubectl get pod a\n',
      'two.md': '`kubectl get pods`{{exec}}',
      'later.sh': 'echo later',
      'finish.md': 'Well done.',
      'assets/pod.yaml': 'kind: Pod\n',
    });
    const { slug, files, report } = await importKillercoda(dir);
    const lab = readLab({ track: 'services', slug, files: new Map(Object.entries(files)) });
    expect(slug).toBe('my-first-scenario');
    expect(lab.steps.map(({ title }) => title)).toEqual(['Before you begin', 'Run one', 'Look']);
    expect(lab.steps[0]?.markdown).toContain('## Welcome');
    expect(lab.steps[1]?.markdown).toContain('```sh run\nkubectl run a --image=nginx\n```');
    expect(lab.steps[2]?.markdown).toBe('```sh run\nkubectl get pods\n```\n');
    expect(lab.cluster).toMatchObject({ nodes: 1, images: 'any' });
    expect(lab.startScript).toBe('kubectl create namespace demo\n');
    expect(lab.files).toEqual({ 'pod.yaml': 'kind: Pod\n' });
    expect(lab.tasks.map(({ checks }) => checks[0]?.type)).toEqual(['output']);
    expect(lab.debrief).toBe('Well done.\n');
    expect(report.join('\n')).toMatch(/look at one\/text\.md: a picture/);
    expect(report.join('\n')).toMatch(/not taken over: later\.sh/);
  });

  it('refuses a folder that is no scenario, by file', async () => {
    await expect(importKillercoda(scenario({ 'a.md': '' }))).rejects.toThrow('index.json: cannot be read');
    const half = scenario({ 'index.json': '{"title": "x"}' });
    await expect(importKillercoda(half)).rejects.toThrow('index.json: details');
  });
});
