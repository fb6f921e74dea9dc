/** The compiler written in Go: five times as fast as the one that Next and knip load as a library. */
const TSC = ['node', 'node_modules/typescript-native/bin/tsc'];

/**
 * The gates, fast to slow, in the order of the house. `counts` names a report that tells how many tests ran. Stages of one
 * `group` read the sources alone and run at the same time; what each prints is shown when it has ended.
 */
export const STAGES = [
  { name: 'format', group: 'sources', command: ['npx', 'biome', 'ci', '--colors=off', '.'] },
  { name: 'core types', group: 'sources', command: [...TSC, '-p', 'lib/tsconfig.core.json'] },
  { name: 'types', group: 'sources', before: 'pageTypes', command: [...TSC, '-p', 'tsconfig.json'] },
  {
    name: 'rooms',
    group: 'sources',
    command: ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', 'lib', 'app'],
  },
  { name: 'unused', group: 'sources', command: ['npx', 'knip', '--no-progress'] },
  {
    name: 'tests',
    command: [
      'npx',
      'vitest',
      'run',
      '--config',
      'lib/testing/vitest.config.ts',
      '--reporter=dot',
      '--reporter=json',
      '--outputFile.json=.cache/vitest.json',
    ],
    counts: 'vitest',
  },
  {
    name: 'labs',
    command: [
      'node',
      'lib/server/bin/portside.mjs',
      'lab',
      'check',
      '--seeds=1',
      '--report=.cache/labs.json',
    ],
    counts: 'labs',
  },
  { name: 'build', command: ['node', 'lib/server/bin/build.mjs'] },
  {
    name: 'browser',
    before: 'browser',
    command: ['npx', 'playwright', 'test', '--config', 'e2e/playwright.config.ts', '--reporter=line,json'],
    counts: 'playwright',
  },
];
