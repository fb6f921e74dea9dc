import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_FORMS } from '../accounts';
import { readClientMessage } from '../live';
import { projectRoot } from '../project-root';
import { MESSAGE_RULES } from './messages';
import { ROUTE_RULES, routeRule } from './routes';

/** What the server answers beside pages and forms: `web/` and `main.ts`. */
const SERVERS_OWN = [
  '/auth/data',
  '/api/health',
  '/document/[file]',
  '/metrics',
  '/socket/[workspace]',
  '/k8s/[key]/[...]',
  '/schemas/[file]',
];
/** Files of `app` by which Next answers, and at which address. */
const ANSWERING = /(^|\/)(page\.tsx|route\.ts|robots\.ts|sitemap\.ts|manifest\.ts|icon\.svg)$/;

/** The routes that files of `app` make. */
function routesOfPages(): readonly string[] {
  const app = join(projectRoot(), 'app');
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => ANSWERING.test(path) && !path.split('/').some((part) => part.startsWith('_')))
    .map((path) => {
      const folder = path
        .split('/')
        .slice(0, -1)
        .filter((part) => !/^\(.*\)$/.test(part));
      const [name = '', ending] = (path.split('/').at(-1) ?? '').split('.');
      if (name === 'page' || name === 'route') return `/${folder.join('/')}`;
      return `/${[...folder, ending === 'ts' ? `${name}.txt` : `${name}.${ending}`].join('/')}`;
    });
}

const served = [...routesOfPages(), ...ACCOUNT_FORMS.map(({ name }) => `/auth/${name}`), ...SERVERS_OWN];

describe('ROUTE_RULES', () => {
  it.each(served)('[V14] has a rule for %s', (path) => {
    expect(ROUTE_RULES.filter((rule) => rule.path === path)).toHaveLength(1);
  });

  it('[V14] has no rule for what is not served', () => {
    expect(ROUTE_RULES.map(({ path }) => path).filter((path) => !served.includes(path))).toEqual([]);
  });

  it.each([
    ['/', 'page.read'],
    ['/labs/services/clusterip', 'lab.work'],
    ['/labs/services/clusterip/', 'lab.work'],
    ['//account', 'account.manage'],
    ['/k8s/key/api/v1/pods', 'page.read'],
    ['/ACCOUNT', undefined],
    ['/%61ccount', undefined],
    ['/account.rsc', undefined],
    ['/labs/services/clusterip/private', undefined],
    ['/_next/data/x/account.json', undefined],
  ])('[V14] %s is held against %s', (path, action) => {
    expect(routeRule(path)?.action).toBe(action);
  });
});

describe('MESSAGE_RULES', () => {
  it.each(Object.keys(MESSAGE_RULES))('[V14] knows %s, which pages may say', (type) => {
    const read = readClientMessage(JSON.stringify({ type, id: 1 }));
    // Anything but an unknown type: other fields may be missing here.
    expect(read.type === 'bad' ? read.reason : '').not.toMatch(/^type: /);
  });

  it('[V14] an unknown message is none', () => {
    expect(readClientMessage('{"type":"become-root","id":1}')).toMatchObject({ type: 'bad' });
  });
});
