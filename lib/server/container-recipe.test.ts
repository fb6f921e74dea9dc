import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnvironment } from './environment';
import { projectRoot } from './project-root';

const ROOT = projectRoot();
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const recipe = read('docs/operating/Containerfile')
  .replace(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const argumentsOf = (instruction: string) =>
  recipe
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));

interface Service {
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly stop_grace_period?: string;
  readonly depends_on?: unknown;
  readonly image?: string;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}
const compose = parse(read('docs/operating/compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);

/** What whoever follows the recipe puts into `.env`. */
const CHOSEN: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'harbour',
  SECRET: 'x'.repeat(40),
  PUBLIC_URL: 'https://learn.example',
  METRICS_TOKEN: 'token',
};
const filledIn = (text: string) =>
  text.replace(/\$\{(\w+)(:[?-])?([^}]*)\}/g, (_all, name: string, how: string | undefined, rest: string) => {
    const value = CHOSEN[name] ?? (how === ':-' ? rest : undefined);
    if (value === undefined) throw new Error(`nobody is told to choose ${name}`);
    return value;
  });

test('[V34] what the image is built from is there, and is sent to whoever builds it', () => {
  const copied = argumentsOf('COPY')
    .filter((line) => !line.startsWith('--from'))
    .flatMap((line) => line.split(' ').slice(0, -1));
  expect(copied).toContain('.');
  for (const path of copied) {
    expect(existsSync(join(ROOT, path)), path).toBe(true);
    expect(ignored).not.toContain(path);
  }
  for (const needed of [
    'app',
    'lib',
    'labs',
    'chapters',
    'prisma',
    'public',
    'next.config.js',
    'tsconfig.json',
  ])
    expect(ignored.filter((line) => line === needed || `${needed}/`.startsWith(`${line}/`))).toEqual([]);
  // What was made on the machine that builds would take the place of what is made within.
  for (const own of ['node_modules', '.next', '.cache', '.data', '.git']) expect(ignored).toContain(own);
});

test('[V34] the image runs what npm start runs, on the port that it tells', () => {
  const command = JSON.parse(argumentsOf('CMD').at(-1) ?? '[]') as readonly string[];
  expect(command.join(' ')).toBe(
    (JSON.parse(read('package.json')) as { scripts: { start: string } }).scripts.start,
  );
  expect(existsSync(join(ROOT, command.at(-1) ?? ''))).toBe(true);
  expect(argumentsOf('ENV').join(' ')).toContain(`PORT=${argumentsOf('EXPOSE').at(-1)} `);
  expect(argumentsOf('STOPSIGNAL')).toEqual(['SIGTERM']);
});

test('[V34] what the compose file sets is read, and accepted', () => {
  expect(ours.map(([name]) => name)).toEqual(['portside-1', 'portside-2']);
  for (const [name, { build, environment = {}, stop_grace_period: grace = '' }] of ours) {
    const context = join('docs/operating', build?.context ?? '');
    expect(existsSync(join(ROOT, context, build?.dockerfile ?? ''))).toBe(true);
    const variables = Object.fromEntries(
      Object.entries(environment).map(([key, text]) => [key, filledIn(text)]),
    );
    const asked = new Set<string>();
    const watched = new Proxy(variables, {
      get: (all, key) => {
        asked.add(String(key));
        return all[String(key)];
      },
    });
    const { databaseUrl, processAddress, proxies, smtp } = readEnvironment(watched, ROOT);
    expect(Object.keys(variables).filter((key) => !asked.has(key))).toEqual([]);
    expect(databaseUrl).toBe('postgresql://portside:harbour@database:5432/portside');
    expect(compose.services).toHaveProperty('database');
    expect(processAddress).toBe(`${name}:${argumentsOf('EXPOSE').at(-1)}`);
    expect([proxies, smtp]).toEqual([1, undefined]);
    // A stop takes up to 15 seconds.
    expect(Number.parseInt(grace, 10)).toBeGreaterThan(15);
  }
});

test('[V34] nginx is given the processes of the compose file, and what else stands beside it', () => {
  const upstream = (path: string) =>
    read(`docs/operating/${path}`)
      .split('\n')
      .filter((line) => !line.startsWith('#'));
  const isServer = (line: string) => line.trimStart().startsWith('server ');
  const named = upstream('processes-compose.conf').filter(isServer);
  expect(named.map((line) => line.trim().split(' ')[1])).toEqual(ours.map(([name]) => `${name}:3000`));
  // Only the servers differ from those of a single machine.
  const rest = (path: string) => upstream(path).filter((line) => !isServer(line));
  expect(rest('processes-compose.conf')).toEqual(rest('processes.conf'));
  const mounted = (compose.services.nginx?.volumes ?? []).filter((volume) => volume.startsWith('./'));
  expect(mounted).toHaveLength(2);
  for (const volume of mounted)
    expect(existsSync(join(ROOT, 'docs/operating', volume.split(':')[0] ?? '')), volume).toBe(true);
});

test('[V34] both processes are of one image, and secrets beside the compose file are kept out of git', () => {
  expect(new Set(ours.map(([, { image }]) => image))).toEqual(new Set(['portside']));
  expect(read('.gitignore').split('\n')).toContain('.env');
  // While it is first made, the database answers on its socket only, and is then stopped once more.
  expect(compose.services.database?.healthcheck?.test).toContain('--host=127.0.0.1');
});
