import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A proxy that is up. */
export interface RunningNginx {
  stop(): Promise<void>;
}

const ROOT = join(__dirname, '../..');
const STARTS = [{ test: ['nginx', '-v'] }, { test: ['/usr/sbin/nginx', '-v'] }] as const;

/** Where nginx is; installed from Debian's packages where there are such and it is not there. */
function findNginx(): string {
  const found = () =>
    STARTS.map(({ test: [name, flag] }) => spawnSync(name, [flag])).findIndex(({ status }) => status === 0);
  if (found() < 0) {
    console.log('  Installing nginx …');
    spawnSync('apt-get', ['update'], { stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'nginx-light'], { stdio: 'ignore' });
  }
  const at = found();
  if (at < 0) throw new Error('nginx is not here; install it (Debian: nginx-light)');
  return STARTS[at]?.test[0] ?? 'nginx';
}

/** Starts nginx in a folder of its own with the configuration of the docs; only ports and certificate are of this place. */
export async function startNginx(
  folder: string,
  port: number,
  processes: readonly number[],
): Promise<RunningNginx> {
  const nginx = findNginx();
  mkdirSync(folder, { recursive: true });
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  if (!existsSync(key))
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        certificate,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
  const given = (name: string) => readFileSync(join(ROOT, 'docs/operating', name), 'utf8');
  const servers = processes
    .map((each) => `  server 127.0.0.1:${each} max_fails=1 fail_timeout=3s;\n`)
    .join('');
  const upstream = given('processes.conf').replace(/( {2}server 127\.0\.0\.1:300\d [^\n]*\n)+/, servers);
  writeFileSync(join(folder, 'processes.conf'), upstream);
  const ours = given('nginx.conf')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace(/\/etc\/letsencrypt\/live\/learn\.example\/fullchain\.pem/, certificate)
    .replace(/\/etc\/letsencrypt\/live\/learn\.example\/privkey\.pem/, key);
  writeFileSync(join(folder, 'portside.conf'), ours);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `  ${kind}_temp_path ${folder}/${kind};\n`)
    .join('');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;\npid ${folder}/nginx.pid;\nerror_log ${folder}/error.log;\nworker_processes 1;\n` +
      `events { worker_connections 4096; }\nhttp {\n  access_log off;\n${temporary}  include portside.conf;\n  include processes.conf;\n}\n`,
  );
  const child = spawn(nginx, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([ended, delay(500)]);
  if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`);
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
