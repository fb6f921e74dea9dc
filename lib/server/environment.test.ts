import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StartError } from './app-error';
import { readEnvironment } from './environment';
import { projectRoot } from './project-root';

describe('readEnvironment', () => {
  it('[V1] has defaults for everything', () => {
    expect(readEnvironment({}, '/srv/portside')).toEqual({
      port: 3000,
      dataDir: '/srv/portside/.data',
      labsDir: undefined,
      databaseUrl: undefined,
      publicUrl: 'http://localhost:3000',
      secret: undefined,
      smtp: undefined,
      proxies: 0,
      metricsToken: undefined,
      processAddress: '127.0.0.1:3000',
    });
  });

  it('[V1] honours PORT, DATA_DIR and DATABASE_URL', () => {
    const chosen = { PORT: '8080', DATA_DIR: '/var/lib/portside', DATABASE_URL: 'postgres://u:p@db/x' };
    expect(readEnvironment(chosen, '/srv')).toMatchObject({
      port: 8080,
      dataDir: '/var/lib/portside',
      databaseUrl: 'postgres://u:p@db/x',
    });
  });

  it('[V1] reads labs from where it is told, if there are any', () => {
    expect(readEnvironment({ LABS_DIR: 'labs' }, projectRoot()).labsDir).toBe(join(projectRoot(), 'labs'));
    expect(() => readEnvironment({ LABS_DIR: 'docs' }, projectRoot())).toThrow(
      'LABS_DIR must be a folder of labs',
    );
  });

  it('[V1] honours what mails, cookies and proxies need', () => {
    const chosen = {
      PUBLIC_URL: 'https://learn.example/',
      SECRET: 'x'.repeat(32),
      SMTP_URL: 'smtps://u:p@mail.example',
      MAIL_FROM: 'Portside <port@learn.example>',
      TRUST_PROXY: '1',
    };
    expect(readEnvironment(chosen, '/srv')).toMatchObject({
      publicUrl: 'https://learn.example',
      secret: 'x'.repeat(32),
      smtp: { url: 'smtps://u:p@mail.example', from: 'Portside <port@learn.example>' },
      proxies: 1,
    });
  });

  it.each([
    [{ PUBLIC_URL: 'learn.example' }, 'PUBLIC_URL must be the address'],
    [{ PUBLIC_URL: 'https://learn.example/portside' }, 'without a path'],
    [{ SECRET: 'short' }, 'SECRET must have at least 32 characters'],
    [{ SMTP_URL: 'mail.example' }, 'SMTP_URL must look like smtps://'],
    [{ SMTP_URL: 'smtp://mail.example' }, 'MAIL_FROM must be set'],
    [{ SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b' }, 'PUBLIC_URL must be set'],
    [{ PROCESS_ADDRESS: 'here' }, 'PROCESS_ADDRESS must look like'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY must be how many'],
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
