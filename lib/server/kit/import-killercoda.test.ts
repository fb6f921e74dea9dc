import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLab } from '../../labs';
import { importKillercoda } from './import-killercoda';

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

describe('portside lab import killercoda', () => {
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
    expect(lab.steps[2]?.markdown).toBe('```sh run\nkubectl get pods\n```');
    expect(lab.cluster).toMatchObject({ nodes: 1, images: 'any' });
    expect(lab.startScript).toBe('kubectl create namespace demo\n');
    expect(lab.files).toEqual({ 'pod.yaml': 'kind: Pod\n' });
    expect(lab.tasks.map(({ checks }) => checks[0]?.type)).toEqual(['output']);
    expect(lab.debrief).toBe('Well done.');
    expect(report.join('\n')).toMatch(/look at one\/text\.md: a picture/);
    expect(report.join('\n')).toMatch(/not taken over: later\.sh/);
  });

  it('refuses a folder that is no scenario, by file', async () => {
    await expect(importKillercoda(scenario({ 'a.md': '' }))).rejects.toThrow('index.json: cannot be read');
    const half = scenario({ 'index.json': '{"title": "x"}' });
    await expect(importKillercoda(half)).rejects.toThrow('index.json: details');
  });
});
