import { existsSync, readFileSync } from 'node:fs';

/** How many tests a stage's report counts; a stage without a report counts as one. */
export function totals(stage, status, reports) {
  const failed = status === 0 ? 0 : 1;
  const report = stage.counts === undefined ? undefined : readReport(reports[stage.counts]);
  if (report === undefined) return { passed: 1 - failed, failed };
  const counted = READERS[stage.counts](report);
  // A run can fail without a failing test: a file that does not load, an error outside every test.
  return counted.failed === 0 && failed === 1 ? { ...counted, failed: 1 } : counted;
}

const READERS = { vitest, labs: (report) => report, playwright };

function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

function vitest({ numPassedTests, numFailedTests }) {
  return { passed: numPassedTests, failed: numFailedTests };
}

function playwright({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}
