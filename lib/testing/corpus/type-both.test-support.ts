import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { HOME, type Workspace } from '../../workspace';
import { clientBinaries } from '../clients/binaries.test-support';
import type { Row } from './read-table';
import type { Twins } from './twins.test-support';

/** What a command left behind. */
export interface Seen {
  readonly out: string;
  readonly err: string;
  readonly status: number | null;
}

/** One command, as our terminal and as the real kubectl answered it from the same state. */
export interface Compared {
  readonly command: string;
  readonly ours: Seen;
  readonly real: Seen;
}

/** The API's address in the workspace's own kubeconfig. */
const SERVER = 'https://192.168.50.10:6443';
/** How many real kubectls run at a time. */
const AT_ONCE = 3;
/** How often a real kubectl that answered otherwise is asked again: its own goroutines race, ours has one order. */
const MORE_TRIES = 2;
/** Longer than any command may take. */
const COMMAND_MS = 30_000;

/** Types the rows one after the other here, and gives each, from the state before it, to the real kubectl. */
export async function typeBoth(
  start: Workspace,
  rows: readonly Row[],
  twins: Twins,
): Promise<readonly Compared[]> {
  let state = start.fork();
  const jobs: { readonly row: Row; readonly before: Workspace; readonly ours: Seen }[] = [];
  for (const row of rows) {
    const before = state;
    state = before.fork();
    const ours = await typeHere(state, row.command);
    if (!row.setup) jobs.push({ row, before, ours });
    else if (ours.status !== 0) throw new Error(`setup failed: ${row.command}\n${ours.out}${ours.err}`);
  }
  const compared: Compared[] = [];
  const pending = [...jobs.entries()];
  const worker = async () => {
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const [index, { row, before, ours }] = next;
      const mask = (seen: Seen) => (row.loose ? withoutChance(withoutClock(seen)) : withoutClock(seen));
      const ask = async () => mask(await typeThere(before, row.command, twins));
      const expected = mask(ours);
      let real = await ask();
      for (let more = MORE_TRIES; more > 0 && !isDeepStrictEqual(real, expected); more -= 1)
        real = await ask();
      compared[index] = { command: row.command, ours: expected, real };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return compared;
}

async function typeHere(workspace: Workspace, command: string): Promise<Seen> {
  let out = '';
  let err = '';
  const status = await workspace.run(command, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { out, err, status };
}

async function typeThere(before: Workspace, command: string, twins: Twins): Promise<Seen> {
  const twin = twins.serve(before);
  const home = mkdtempSync(join(tmpdir(), 'portside-corpus-'));
  try {
    for (const path of filesUnder(before.files, HOME)) {
      const there = join(home, path.slice(HOME.length));
      mkdirSync(dirname(there), { recursive: true });
      writeFileSync(there, before.files.read(path).replaceAll(SERVER, twin.url));
    }
    const seen = await runReal(command, home);
    const plain = (text: string) => text.replaceAll(twin.url, SERVER).replaceAll(home, HOME);
    return { ...seen, out: plain(seen.out), err: plain(seen.err) };
  } finally {
    twin.end();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Every file below a folder. */
function filesUnder(files: Workspace['files'], folder: string): readonly string[] {
  return files.list(folder).flatMap((name) => {
    const path = `${folder}/${name}`;
    return files.stat(path)?.kind === 'directory' ? filesUnder(files, path) : [path];
  });
}

function runReal(command: string, home: string): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', command], {
      cwd: home,
      env: {
        NODE_ENV: 'test',
        PATH: `${clientBinaries()}${delimiter}/usr/bin${delimiter}/bin`,
        HOME: home,
        LANG: 'C.UTF-8',
        TERM: 'dumb',
        TZ: 'UTC',
      },
      timeout: COMMAND_MS,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (status) => resolve({ out, err, status }));
  });
}

/** What no two runs agree on: the head of klog's lines. */
const withoutClock = (seen: Seen): Seen =>
  mapped(seen, (text) => text.replace(/^([EIWF])\d{4} [\d:.]+ +\d+ /gm, '$1<when> '));

/** Ages of now and what is drawn by lot, and the widths that follow from them. */
const withoutChance = (seen: Seen): Seen =>
  mapped(seen, (text) =>
    text
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<uid>')
      .replace(/(?<=resourceVersion"?: )"\d+"/g, '<version>')
      .replace(/(?<=kube-api-access-)\w{5}/g, '<suffix>')
      .replace(/(?<=kubectl-edit-)\d+/g, '<digits>')
      .replace(/\b10\.(96|9[7-9]|1[01]\d)\.\d+\.\d+\b/g, '<ip>')
      .replace(/(?<![\w.-])(\d+[dhms]){1,2}(?![\w.-])|<invalid>/g, '<age>')
      .replace(/ +/g, ' ')
      .replace(/-{2,}/g, '--'),
  );

const mapped = (seen: Seen, change: (text: string) => string): Seen => ({
  ...seen,
  out: change(seen.out),
  err: change(seen.err),
});
