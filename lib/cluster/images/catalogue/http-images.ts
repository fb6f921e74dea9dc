import { httpDate, timeParts } from '../../../base';
import type { ProcessEnv } from '../../seams';
import { defineImage } from '../define-image';
import {
  accessLogTime,
  byteLength,
  ephemeralPort,
  goText,
  type HttpReply,
  reasonOf,
  slashTime,
} from '../http';
import { option } from '../program';
import { agnhostProgram, connect, isServer } from '../programs/agnhost';
import { splitPath, webServer } from '../programs/web-server';
import { DEBIAN_TOOLS, NO_TOOLS } from '../tools';

const APACHE = 'Apache/2.4.66 (Unix)';
const IT_WORKS = '<html><body><h1>It works!</h1></body></html>\n';
const HTDOCS = '/usr/local/apache2/htdocs';

function apacheReply(env: ProcessEnv, status: number, body: string): HttpReply {
  return {
    kind: 'http',
    status,
    reason: reasonOf(status),
    headers: [
      ['Date', httpDate(env.now)],
      ['Server', APACHE],
      ['Content-Length', String(byteLength(body))],
      ['Content-Type', status === 200 ? 'text/html' : 'text/html; charset=iso-8859-1'],
    ],
    body,
  };
}

/** The official Apache httpd image. */
export const httpd = defineImage({
  names: ['httpd'],
  entrypoint: [],
  cmd: ['httpd-foreground'],
  programs: ['httpd'],
  sizeBytes: 45_100_000,
  tools: DEBIAN_TOOLS,
  files: { [`${HTDOCS}/index.html`]: IT_WORKS },
  env: { HTTPD_PREFIX: '/usr/local/apache2', HTTPD_VERSION: '2.4.66' },
  program: webServer({
    ports: () => [80],
    startLog(env) {
      const { weekday, monthName, date, clock } = timeParts(env.now);
      const micros = String(env.now % 1000)
        .padStart(3, '0')
        .padEnd(6, '0');
      const at = `[${weekday} ${monthName} ${date[2]} ${clock}.${micros} ${date[0]}]`;
      const name = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${env.podIP}. Set the 'ServerName' directive globally to suppress this message`;
      return [
        name,
        name,
        `${at} [mpm_event:notice] [pid 1:tid 1] AH00489: ${APACHE} configured -- resuming normal operations`,
        `${at} [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
      ];
    },
    answer(request, _, env) {
      const { path } = splitPath(request.path);
      const body = env.readFile(HTDOCS + (path.endsWith('/') ? `${path}index.html` : path));
      if (body !== undefined) return apacheReply(env, 200, body);
      const missing = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n`;
      return apacheReply(env, 404, missing);
    },
    accessLog: (request, reply, incoming, env) =>
      `${incoming.sourceIP} - - [${accessLogTime(env.now)}] "${request.method} ${request.path} HTTP/1.1" ${reply.status} ${byteLength(reply.body)}`,
  }),
});

function echoPort(env: ProcessEnv): number {
  return Number(/:(\d+)$/.exec(option(env.argv, 'listen') ?? ':5678')?.[1] ?? 5678);
}

/** HashiCorp's http-echo: says one text to everybody. */
export const httpEcho = defineImage({
  names: ['hashicorp/http-echo'],
  entrypoint: ['/http-echo'],
  sizeBytes: 4_900_000,
  tools: NO_TOOLS,
  program: webServer({
    ports: (env) => [echoPort(env)],
    startLog: (env) => [`${slashTime(env.now)} [INFO] server is listening on :${echoPort(env)}`],
    answer(_, __, env) {
      const text = option(env.argv, 'text') ?? env.env.ECHO_TEXT ?? 'hello-world';
      const status = Number(option(env.argv, 'status-code') ?? 200);
      return goText(env.now, status, `${text}\n`, [
        ['X-App-Name', 'http-echo'],
        ['X-App-Version', '1.0.0'],
      ]);
    },
    accessLog: (request, reply, incoming, env) =>
      `${slashTime(env.now)} ${request.host} ${incoming.sourceIP}:${ephemeralPort(env)} "${request.method} ${request.path} HTTP/1.1" ${reply.status} ${byteLength(reply.body)} "${request.headers['User-Agent'] ?? ''}" 14.207µs`,
  }),
});

/** Traefik's whoami: tells who answers and what the request looked like. */
export const whoami = defineImage({
  names: ['traefik/whoami', 'containous/whoami'],
  registries: ['docker.io', 'ghcr.io'],
  entrypoint: ['/whoami'],
  sizeBytes: 2_800_000,
  tools: NO_TOOLS,
  program: webServer({
    ports: (env) => [Number(option(env.argv, 'port') ?? env.env.WHOAMI_PORT_NUMBER ?? 80)],
    startLog: (env) => [
      `${slashTime(env.now)} Starting up on port ${option(env.argv, 'port') ?? env.env.WHOAMI_PORT_NUMBER ?? 80}`,
    ],
    answer(request, incoming, env) {
      const name = option(env.argv, 'name') ?? env.env.WHOAMI_NAME;
      const { path } = splitPath(request.path);
      if (path === '/health') return goText(env.now, 200, '');
      const lines = [
        ...(name === undefined ? [] : [`Name: ${name}`]),
        `Hostname: ${env.hostname}`,
        'IP: 127.0.0.1',
        'IP: ::1',
        `IP: ${env.podIP}`,
        `RemoteAddr: ${incoming.sourceIP}:${ephemeralPort(env)}`,
        `${request.method} ${request.path} HTTP/1.1`,
        `Host: ${request.host}`,
        ...Object.entries(request.headers)
          .filter(([header]) => header.toLowerCase() !== 'host')
          .sort(([left], [right]) =>
            right === 'User-Agent' ? 1 : left === 'User-Agent' ? -1 : left < right ? -1 : 1,
          )
          .map(([header, value]) => `${header}: ${value}`),
        '',
        '',
      ];
      return goText(env.now, 200, lines.join('\n'));
    },
  }),
});

/** Kubernetes' own test image. */
export const agnhost = defineImage({
  names: ['e2e-test-images/agnhost', 'agnhost'],
  registries: ['registry.k8s.io', 'k8s.gcr.io', 'gcr.io'],
  entrypoint: ['/agnhost'],
  cmd: ['pause'],
  sizeBytes: 57_300_000,
  tools: [
    ...DEBIAN_TOOLS.filter((tool) => tool !== 'apt-get' && tool !== 'dpkg'),
    'curl',
    'dig',
    'nc',
    'nslookup',
    'wget',
  ],
  program: agnhostProgram,
  serves: isServer,
  executables: { agnhost: connect },
});
