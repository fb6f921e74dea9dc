#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages, packagesAreCurrent } from '../../server/bin/packages.mjs';
import { requireNode } from '../../server/bin/require-node.mjs';
import { ensureChromium } from './chromium.mjs';
import { STAGES } from './stages.mjs';
import { totals } from './totals.mjs';

requireNode();

const root = fileURLToPath(new URL('../../..', import.meta.url));
const reports = {
  vitest: join(root, '.cache/vitest.json'),
  labs: join(root, '.cache/labs.json'),
  playwright: join(root, '.cache/playwright.json'),
};
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !STAGES.some((stage) => stage.name === name));
if (unknown !== undefined) {
  console.error(`there is no stage "${unknown}"; there are: ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

process.chdir(root);
mkdirSync(join(root, '.cache'), { recursive: true });
for (const path of Object.values(reports)) rmSync(path, { force: true });

if (!packagesAreCurrent(root)) {
  console.log('  Installing packages …');
  const failure = installPackages(root);
  if (failure !== undefined) fail(failure);
}

/** What a stage needs before it can run. */
const preparations = {
  /** Next's own types (routes, images) are generated, not committed. */
  pageTypes() {
    if (existsSync(join(root, 'next-env.d.ts'))) return undefined;
    const made = spawnSync('npx', ['next', 'typegen'], { encoding: 'utf8' });
    return made.status === 0 ? undefined : `next typegen failed:\n${made.stderr}`;
  },
  browser: ensureChromium,
};

const results = [];
for (const group of groupsOf(STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name)))) {
  const done = await Promise.all(group.map((stage) => runStage(stage, group.length > 1)));
  results.push(...done);
  if (done.some(({ failed }) => failed > 0)) break;
}
finish();

/** Neighbours of one group are together; every other stage is by itself. */
function groupsOf(stages) {
  const groups = [];
  for (const stage of stages) {
    const last = groups.at(-1);
    if (stage.group !== undefined && last?.[0].group === stage.group) last.push(stage);
    else groups.push([stage]);
  }
  return groups;
}

async function runStage(stage, isBesideOthers) {
  const began = performance.now();
  if (!isBesideOthers) console.log(`\n── ${stage.name} ──`);
  const failure = stage.before === undefined ? undefined : preparations[stage.before]();
  if (failure !== undefined) console.error(failure);
  const { status, printed } =
    failure === undefined ? await run(stage.command, isBesideOthers) : { status: 1 };
  if (isBesideOthers) console.log(`\n── ${stage.name} ──\n${printed ?? ''}`);
  const seconds = (performance.now() - began) / 1000;
  return { name: stage.name, seconds, ...totals(stage, status, reports) };
}

function run([command, ...args], isKept) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', isKept ? 'pipe' : 'inherit', isKept ? 'pipe' : 'inherit'],
    env: {
      ...process.env,
      CI: '1',
      NEXT_TELEMETRY_DISABLED: '1',
      PLAYWRIGHT_JSON_OUTPUT_NAME: reports.playwright,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      printed += text;
    });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (!isKept) console.error(error.message);
      resolve({ status: 1, printed: error.message });
    });
    child.once('close', (status) => resolve({ status: status ?? 1, printed }));
  });
}

function finish() {
  const width = Math.max(...STAGES.map(({ name }) => name.length));
  console.log('');
  for (const { name, seconds, passed, failed } of results) {
    const mark = failed === 0 ? '✓' : '✗';
    console.log(
      `${mark} ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`,
    );
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exit(sum('failed') === 0 ? 0 : 1);
}

function fail(sentence) {
  console.error(sentence);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
