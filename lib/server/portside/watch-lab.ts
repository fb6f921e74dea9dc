import { watch } from 'node:fs';
import { type Lab, LabError, type LabSource, readLab } from '../../labs';
import { type Gate, gatesOf } from '../kit';
import { findSource, labFolder, labKey } from '../lab-library';
import { coursePages } from './course-pages';
import type { Found } from './prove-pieces';
import { openThread, type ProvingThread } from './share-out';

/** An editor writes a file in several steps. */
const QUIET_MS = 60;
/** A gate that takes longer is told as soon as it is passed: whoever waits should see how far it has come. */
const LONG_MS = 300;

/**
 * Proves one lab quickly, and again each time one of its files is saved: the gates from the cheapest on, up to the first
 * that is not passed. What was judged before is remembered, so a look costs what the change touches. A newer change
 * ends a look that is under way.
 */
export async function watchLab(slugs: readonly string[]): Promise<number> {
  const [slug, more] = slugs;
  if (slug === undefined || more !== undefined) {
    process.stderr.write('portside: --watch follows one lab; name it\n');
    return 2;
  }
  const source = await findSource(slug);
  const beside = openThread();
  let changes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue = Promise.resolve();
  const again = () => {
    changes += 1;
    const mine = changes;
    const began = performance.now();
    queue = queue.then(() => look(slug, began, () => mine !== changes, beside));
  };
  again();
  const watcher = watch(labFolder(source), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(again, QUIET_MS);
  });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
  });
  watcher.close();
  clearTimeout(timer);
  changes += 1;
  await queue;
  await beside.end();
  return 0;
}

async function look(slug: string, began: number, isOld: () => boolean, beside: ProvingThread): Promise<void> {
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(2)} s`;
  if (isOld()) return;
  try {
    const source = await findSource(slug);
    const lab = readLab(source);
    for (const gate of await sharedGates(source, lab, beside)) {
      // Whoever saved a file meanwhile is heard between two gates.
      await new Promise((resolve) => setImmediate(resolve));
      if (isOld()) return;
      const from = performance.now();
      const failures = await gate.judge();
      for (const failure of failures) process.stdout.write(`✗ ${slug}: ${failure}\n`);
      if (failures.length === 0) {
        const isLong = performance.now() - from > LONG_MS;
        if (isLong) process.stdout.write(`  ${slug}: ${gate.name} passed (${seconds()})\n`);
        continue;
      }
      process.stdout.write(`✗ ${slug}: stopped at gate ${gate.name} (${seconds()})\n`);
      return;
    }
    process.stdout.write(`✓ ${slug} (${seconds()})\n`);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stdout.write(`✗ ${slug}: ${error.message} (${seconds()})\n`);
  }
}

/** The gates in their order; the costly one that needs none of the others is begun in a thread beside them. */
async function sharedGates(source: LabSource, lab: Lab, beside: ProvingThread): Promise<readonly Gate[]> {
  const found = beside.prove({ kind: 'mistakes', lab: labKey(source) });
  // Heard of where it is waited for; a look that ends before that is not interested.
  found.catch(() => undefined);
  return gatesOf(source, lab, await coursePages(), 1).map((gate) =>
    gate.name === 'mistakes' ? { name: gate.name, judge: async () => failuresOf(await found) } : gate,
  );
}

/** A lab that changed while the thread read it is looked at anew in a moment. */
function failuresOf(found: Found): readonly string[] {
  if (found.kind === 'failures') return found.failures;
  return found.kind === 'broken' ? [found.message] : [];
}
