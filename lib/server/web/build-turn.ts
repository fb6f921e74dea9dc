import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../app-error';

/** A build takes a minute or two; on a machine that several processes start on, many times that. */
const PATIENCE_MS = 15 * 60_000;
const LOOK_MS = 1_000;

/**
 * Runs `work` when no other process is about to do the same in this folder; whoever does has its number in `file`. Not run at
 * all where the other one has done it meanwhile.
 */
export async function inTurn(file: string, isDone: () => boolean, work: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  for (const until = Date.now() + PATIENCE_MS; !takeTurn(file); await delay(LOOK_MS)) {
    if (Date.now() > until)
      throw new StartError(`Another process has been building the pages for too long: ${file} tells which.`);
  }
  try {
    if (!isDone()) await work();
  } finally {
    ours.delete(file);
    rmSync(file, { force: true });
  }
}

/** The files that hold this process's number because it wrote it. */
const ours = new Set<string>();

function takeTurn(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    ours.add(file);
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  // Whoever was killed over it left it behind; the next look finds it free.
  if (!isAlive(file)) rmSync(file, { force: true });
  return false;
}

function isAlive(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Just made, and not written yet; to ask for 0 would be to ask for oneself.
    if (pid === 0) return true;
    // A container that was killed over it and starts again gives its processes the same numbers.
    if (pid === process.pid) return ours.has(file);
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (hasCode(error, 'EPERM')) return true;
    if (hasCode(error, 'ESRCH') || hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
