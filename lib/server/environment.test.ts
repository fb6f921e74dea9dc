import { describe, expect, it } from 'vitest';
import { StartError } from './app-error';
import { readEnvironment } from './environment';

describe('readEnvironment', () => {
  it('[V1] has defaults for everything', () => {
    expect(readEnvironment({}, '/srv/portside')).toEqual({
      port: 3000,
      dataDir: '/srv/portside/.data',
      databaseUrl: undefined,
    });
  });

  it('[V1] honours PORT, DATA_DIR and DATABASE_URL', () => {
    const chosen = { PORT: '8080', DATA_DIR: '/var/lib/portside', DATABASE_URL: 'postgres://u:p@db/x' };
    expect(readEnvironment(chosen, '/srv')).toEqual({
      port: 8080,
      dataDir: '/var/lib/portside',
      databaseUrl: 'postgres://u:p@db/x',
    });
  });

  it.each([
    [{ PORT: 'eighty' }, 'PORT must be a number from 1 to 65535, not "eighty".'],
    [{ PORT: '0' }, 'PORT must be a number'],
    [{ PORT: '70000' }, 'PORT must be a number'],
    [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL must look like postgresql://'],
    [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL must look like postgresql://'],
  ])('[V1] refuses %o in one sentence', (variables, sentence) => {
    expect(() => readEnvironment(variables, '/srv')).toThrow(StartError);
    expect(() => readEnvironment(variables, '/srv')).toThrow(sentence);
  });
});
