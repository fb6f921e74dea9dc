import { defineConfig } from 'vitest/config';
import { LongFilesFirst } from './long-files-first';

/** Unit, transcript and integration tests; browser journeys live in e2e/. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['lib/**/*.test.ts', 'app/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    // To boot a cluster before a file's tests takes a second or two, and many times that on a machine that others use.
    hookTimeout: 60_000,
    pool: 'threads',
    // No test changes a module, so each worker may load the sources once.
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongFilesFirst },
  },
});
