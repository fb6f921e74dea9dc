/** The compiler written in Go: five times as fast as the one that Next and knip load as a library. */
const TSC = ['node', 'node_modules/typescript-native/bin/tsc'];

/** The gates, fast to slow, in the order of the house. `counts` names a report that tells how many tests ran. */
export const STAGES = [
  { name: 'format', command: ['npx', 'biome', 'ci', '--colors=off', '.'] },
  { name: 'core types', command: [...TSC, '-p', 'lib/tsconfig.core.json'] },
  { name: 'types', before: 'pageTypes', command: [...TSC, '-p', 'tsconfig.json'] },
  { name: 'rooms', command: ['npx', 'depcruise', '--config', '.dependency-cruiser.cjs', 'lib', 'app'] },
  { name: 'unused', command: ['npx', 'knip', '--no-progress'] },
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
