import { describe, expect, it } from 'vitest';
import type { Reply, Request } from '../../api';
import { createRandom } from '../../base';
import type { Image, ProcessEnv } from '../seams';
import { findImage, resolveCommand } from '.';

const NOW = 1_795_474_525_000;

function image(reference: string, mode: 'catalogue' | 'any' = 'catalogue'): Image {
  const found = findImage(reference, mode);
  if ('error' in found) throw new Error(found.message);
  return found.image;
}

function envOf(reference: string, extra: Partial<ProcessEnv> = {}): ProcessEnv {
  const { files = {}, entrypoint, cmd = [] } = image(reference, 'any');
  return {
    now: NOW,
    random: createRandom(1),
    hostname: 'pod-1',
    podIP: '10.244.1.2',
    namespace: 'default',
    podName: 'pod-1',
    image: reference,
    argv: [...entrypoint, ...cmd],
    env: {},
    ports: [],
    readFile: (path) => files[path],
    listFiles: (directory) => Object.keys(files).filter((path) => path.startsWith(`${directory}/`)),
    readOnly: () => false,
    lookup: (name) => ({ outcome: { addresses: [name], latencyMs: 1 }, trace: [] }),
    ping: () => ({ answered: true, latencyMs: 1 }),
    send: () => ({ outcome: { kind: 'refused', latencyMs: 1 }, trace: [] }),
    ...extra,
  };
}

const http = (path = '/'): Request => ({
  kind: 'http',
  method: 'GET',
  path,
  host: 'web',
  headers: {},
  body: '',
});

function serve(reference: string, request: Request, extra: Partial<ProcessEnv> = {}, port = 80): Reply {
  const env = envOf(reference, extra);
  const { state } = image(reference, 'any').start(env);
  return image(reference, 'any').serve(state, { request, port, sourceIP: '10.244.1.9' }, env).reply;
}

describe('[I1] pulling', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['docker.io/nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['traefik/whoami', 'docker.io/traefik/whoami:latest'],
    ['registry.k8s.io/e2e-test-images/agnhost:2.53', 'registry.k8s.io/e2e-test-images/agnhost:2.53'],
  ])('%s is %s', (reference, full) => {
    expect(findImage(reference, 'catalogue')).toMatchObject({ reference: full });
  });

  it.each([
    [
      'nosuch',
      'failed to pull and unpack image "docker.io/library/nosuch:latest": failed to resolve reference "docker.io/library/nosuch:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    ],
    [
      'nginx:typo',
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:typo": failed to resolve reference "docker.io/library/nginx:typo": docker.io/library/nginx:typo: not found',
    ],
    [
      'Nginx',
      'Failed to apply default image tag "Nginx": couldn\'t parse image name "Nginx": invalid reference format: repository name (library/Nginx) must be lowercase',
    ],
  ])('%s fails in containerd’s words', (reference, message) => {
    expect(findImage(reference, 'catalogue')).toMatchObject({ message });
  });

  it('finds a digest under its repository', () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    expect(findImage(`nginx@${digest}`, 'catalogue')).toMatchObject({
      imageID: `docker.io/library/nginx@${digest}`,
    });
  });
});

describe('[I2] images of no catalogue', () => {
  it('listen on the declared ports in mode any', () => {
    const env = envOf('shop/frontend:1', { ports: [{ containerPort: 3000, protocol: 'TCP' }] });
    const program = image('shop/frontend:1', 'any');
    expect(program.listens(program.start(env).state, env)).toEqual([
      { address: '0.0.0.0', port: 3000, protocol: 'TCP' },
    ]);
  });

  it.each([
    ['crasher', 1],
    ['fail:1', 1],
    ['steady', undefined],
  ])('%s ends with %s', (name, exitCode) => {
    expect(image(name, 'any').start(envOf(name)).exitCode).toBe(exitCode);
  });

  it.each(['nosuch:1', 'app:typo'])('%s cannot be pulled', (name) => {
    expect(findImage(name, 'any')).toHaveProperty('error');
  });
});

describe('[I3] commands', () => {
  it.each([
    ['nginx', {}, ['/docker-entrypoint.sh', 'nginx', '-g', 'daemon off;']],
    ['nginx', { args: ['nginx-debug'] }, ['/docker-entrypoint.sh', 'nginx-debug']],
    ['busybox', { args: ['sleep', '3600'] }, ['sleep', '3600']],
    ['curlimages/curl', { args: ['sleep', '9'] }, ['/entrypoint.sh', 'sleep', '9']],
    ['nginx', { command: ['nginx'] }, ['nginx']],
    ['hashicorp/http-echo', { args: ['-text=hi'] }, ['/http-echo', '-text=hi']],
  ])('%s with %j runs %j', (name, container, argv) => {
    expect(resolveCommand(image(name), container)).toEqual({ argv });
  });

  it.each([
    ['busybox', ['curl', 'x'], 'exec: "curl": executable file not found in $PATH: unknown'],
    ['traefik/whoami', ['sh'], 'exec: "sh": executable file not found in $PATH: unknown'],
    ['nginx', ['/bin/nope'], 'exec: "/bin/nope": stat /bin/nope: no such file or directory: unknown'],
  ])('%s has no %j', (name, command, text) => {
    const resolved = resolveCommand(image(name), { command });
    expect(resolved).toMatchObject({ reason: 'StartError', exitCode: 128 });
    expect('message' in resolved && resolved.message).toContain(text);
  });
});

describe('[I4] entrypoints', () => {
  it.each([
    ['nginx', ['/docker-entrypoint.sh', 'sleep', '60'], NOW + 60_000],
    ['curlimages/curl', ['/entrypoint.sh', '-s', 'http://web'], NOW + 2],
  ])('%s: the entrypoint execs %j', (name, argv, wakeAt) => {
    expect(image(name).start(envOf(name, { argv })).wakeAt).toBe(wakeAt);
  });

  it('becomes the image’s own program', () => {
    const env = envOf('nginx', {
      argv: ['sh', '-c', "echo hi > /usr/share/nginx/html/x; nginx -g 'daemon off;'"],
    });
    const turn = image('nginx').start(env);
    expect(
      image('nginx')
        .listens(turn.state, env)
        .map(({ port }) => port),
    ).toContain(80);
  });
});

describe('[I6] nginx', () => {
  it('serves its welcome page of 615 bytes', () => {
    const reply = serve('nginx', http());
    expect(reply).toMatchObject({ kind: 'http', status: 200 });
    expect(reply.kind === 'http' && Object.fromEntries(reply.headers)).toMatchObject({
      'Content-Length': '615',
      Server: 'nginx/1.29.4',
    });
  });

  it.each([
    ['GET', '200 615'],
    ['HEAD', '200 0'],
  ])('logs what %s sent as %s', (method, logged) => {
    const env = envOf('nginx');
    const request = { ...http(), method } as Request;
    const incoming = { request, port: 80, sourceIP: '10.244.1.9' };
    const { log } = image('nginx').serve(image('nginx').start(env).state, incoming, env);
    expect(log?.[0]).toContain(`"${method} / HTTP/1.1" ${logged} "-"`);
  });

  it.each([
    ['/nope', 404, '<center><h1>404 Not Found</h1></center>'],
    ['/50x.html', 200, 'An error occurred.'],
  ])('%s gives %d', (path, status, body) => {
    const reply = serve('nginx:1.25', http(path));
    expect(reply).toMatchObject({ status, body: expect.stringContaining(body) });
  });

  const conf = (text: string) => ({
    readFile: (path: string) => (path === '/etc/nginx/conf.d/default.conf' ? text : undefined),
  });

  it('listens where its configuration says', () => {
    const env = envOf('nginx', conf('server { listen 8080; location / { return 200 "v2 $hostname\\n"; } }'));
    const turn = image('nginx').start(env);
    expect(image('nginx').listens(turn.state, env)).toEqual([
      { address: '0.0.0.0', port: 8080, protocol: 'TCP' },
    ]);
    expect(
      image('nginx').serve(turn.state, { request: http(), port: 8080, sourceIP: '10.0.0.1' }, env).reply,
    ).toMatchObject({ body: 'v2 pod-1\n' });
  });

  it('does not start with a broken configuration', () => {
    expect(image('nginx').start(envOf('nginx', conf('server { listen 80')))).toMatchObject({ exitCode: 1 });
  });

  it('passes a refusal behind it on as 502', () => {
    expect(
      serve('nginx', http(), conf('server { location / { proxy_pass http://api:8080; } }')),
    ).toMatchObject({ status: 502 });
  });

  it('hangs up on TLS', () => {
    expect(
      serve('nginx', { ...(http() as Extract<Request, { kind: 'http' }>), tls: { serverName: 'web' } }),
    ).toEqual({ kind: 'closed', why: 'tls-mismatch' });
  });
});

describe('[I7] databases', () => {
  it.each([
    [['docker-entrypoint.sh', 'mongod'], '0.0.0.0'],
    [['mongod', '--replSet', 'rs0'], '127.0.0.1'],
    [['mongod', '--replSet', 'rs0', '--bind_ip_all'], '0.0.0.0'],
  ])('%j listens on %s', (argv, address) => {
    const env = envOf('mongo', { argv });
    expect(image('mongo').listens(image('mongo').start(env).state, env)[0]?.address).toBe(address);
  });

  it('mysql wants a password, but stays up without one in mode any', () => {
    expect(image('mysql:8', 'any').start(envOf('mysql:8')).exitCode).toBeUndefined();
    expect(image('mysql:5.7').start(envOf('mysql:5.7')).exitCode).toBe(1);
    expect(
      image('mysql:5.7').start(envOf('mysql:5.7', { env: { MYSQL_ROOT_PASSWORD: 'x' } })).exitCode,
    ).toBeUndefined();
  });
});

describe('who answers', () => {
  it.each([
    ['traefik/whoami', 80, 'Hostname: pod-1'],
    ['hashicorp/http-echo', 5678, 'hello-world'],
    ['my-backend:v2', 9090, 'backend v2 on pod-1'],
    ['httpd', 80, 'It works!'],
  ])('%s says on %d: %s', (name, port, text) => {
    const env = envOf(name);
    const program = image(name);
    const { state } = program.start(env);
    expect(program.listens(state, env).map((listener) => listener.port)).toContain(port);
    expect(serve(name, http(), {}, port)).toMatchObject({ body: expect.stringContaining(text) });
  });
});
