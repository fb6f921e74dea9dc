import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { KubeObject } from '../../api';
import { clientBinaries } from './binaries.test-support';
import type { ServedCluster } from './served-cluster.test-support';

/** The whole text, a pattern in it, or several patterns in any order. */
export type Expected = string | RegExp | readonly RegExp[];

/** One line typed, and what is to be seen of it. */
export interface Step {
  /** Bash; `kubectl` and `helm` are the real ones, and work in the scenario's own namespace. */
  readonly run: string;
  readonly stdin?: string;
  /** 0 when left out. */
  readonly status?: number;
  /** Not looked at when left out. */
  readonly stdout?: Expected;
  /** Nothing when left out: whatever was not expected is a failure. */
  readonly stderr?: Expected;
}

/** A story told to a cluster, step by step, in a namespace and a folder of its own. */
export interface Scenario {
  readonly name: string;
  /** Files of the folder that the steps are run in. */
  readonly files?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** Longer than any step may take. */
const STEP_MS = 20_000;

/** Runs a scenario's steps; the first that is not as expected fails. */
export async function play(cluster: ServedCluster, { name, files = {}, steps }: Scenario): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portside-scenario-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const namespace = name
    .replace(/[^a-z\d]+/gi, '-')
    .toLowerCase()
    .slice(0, 50)
    .replace(/^-|-$/g, '');
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } } as KubeObject;
  await cluster.client.create(NAMESPACES, '', object);
  const config = join(folder, '.kubeconfig');
  const environment = {
    NODE_ENV: 'test' as const,
    PATH: `${clientBinaries()}${delimiter}${process.env.PATH ?? ''}`,
    HOME: folder,
    KUBECONFIG: config,
    NAMESPACE: namespace,
    SERVER: cluster.url,
    LANG: 'C.UTF-8',
    TERM: 'dumb',
  };
  try {
    const prepared = await runLine(
      `cp ${cluster.kubeconfig} ${config} && kubectl config set-context --current --namespace=${namespace}`,
      folder,
      environment,
    );
    expect(prepared.status).toBe(0);
    for (const step of steps) judge(step, await runLine(step.run, folder, environment, step.stdin));
  } finally {
    await cluster.client.delete(NAMESPACES, '', namespace);
    rmSync(folder, { recursive: true });
  }
}

const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runLine(line: string, cwd: string, env: Readonly<NodeJS.ProcessEnv>, stdin = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', line], { cwd, env, timeout: STEP_MS });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
    child.stdin.end(stdin);
  });
}

function judge({ run, status = 0, stdout, stderr = '' }: Step, ran: Ran): void {
  const seen = `$ ${run}\n${ran.stdout}${ran.stderr}[exit ${ran.status}]`;
  expect(ran.status, seen).toBe(status);
  if (stdout !== undefined) compare(ran.stdout, stdout, seen);
  compare(ran.stderr, stderr, seen);
}

function compare(text: string, expected: Expected, seen: string): void {
  if (typeof expected === 'string') expect(text, seen).toBe(expected);
  else if (expected instanceof RegExp) expect(text, seen).toMatch(expected);
  else for (const each of expected) expect(text, seen).toMatch(each);
}
