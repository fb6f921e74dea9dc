import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../server/free-port';
import { clientBinaries } from '../clients/binaries.test-support';
import { hasRunner, type Judged, runConformance } from './run-conformance';
import { type ServedSandbox, serveSandbox } from './served-sandbox';

/** What needs nothing but the API, its DNS, and the real kubectl. */
const SUITES = [
  'service-validation',
  'service-update-validation',
  'endpointslice-validation',
  'service-lifecycle',
  'endpointslice',
  'printers',
  'kubectl-service',
  'coredns',
  'flows',
  'subtle',
] as const;

interface Exception {
  readonly suite: string;
  readonly id: string;
  readonly why: string;
}

const exceptions = JSON.parse(
  readFileSync(new URL('exceptions.json', import.meta.url), 'utf8'),
) as readonly Exception[];
const isExcepted = ({ suite, id }: Judged) =>
  exceptions.some((each) => each.suite === suite && each.id === id);

describe.skipIf(!hasRunner)('a served sandbox is judged from outside', () => {
  let sandbox: ServedSandbox | undefined;
  let results: readonly Judged[] = [];

  beforeAll(async () => {
    const dns = String(await freePort('127.0.0.1'));
    sandbox = await serveSandbox(await freePort('127.0.0.1'), ['--dns', dns]);
    const flags = ['--kubectl', join(clientBinaries(), 'kubectl'), '--dns', `127.0.0.1:${dns}`];
    results = await runConformance(sandbox.server, SUITES, flags);
  }, 300_000);
  afterAll(() => sandbox?.stop());

  it.each(SUITES)('[CF1] %s: nothing fails but what is excepted', (suite) => {
    const failed = results.filter((each) => each.suite === suite && each.status === 'fail');
    expect(failed.filter((each) => !isExcepted(each))).toEqual([]);
  });

  it.each(SUITES)('[CF3] %s: cases were judged', (suite) => {
    const passed = results.filter((each) => each.suite === suite && each.status === 'pass');
    expect(passed.length).toBeGreaterThan(15);
  });

  it('[CF1] what is excepted does fail', () => {
    const judged = exceptions.filter(({ suite }) => (SUITES as readonly string[]).includes(suite));
    const failed = results.filter(({ status }) => status === 'fail').filter(isExcepted);
    expect(failed.map(({ id }) => id).sort()).toEqual(judged.map(({ id }) => id).sort());
  });
});

describe('[CF2] exceptions', () => {
  const fidelity = readFileSync(new URL('../../../docs/fidelity.md', import.meta.url), 'utf8');

  it.each(exceptions)('$suite $id has its reason', ({ suite, id, why }) => {
    expect(why.length).toBeGreaterThan(40);
    expect(fidelity).toContain(`${suite} \`${id}\``);
  });
});
