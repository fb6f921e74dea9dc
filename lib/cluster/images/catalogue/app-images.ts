import type { ProcessEnv } from '../../seams';
import type { CatalogueImage } from '../define-image';
import { defineImage } from '../define-image';
import { goText, type HttpReply, slashTime } from '../http';
import { splitPath, webServer } from '../programs/web-server';
import { ALPINE_TOOLS } from '../tools';

interface App {
  readonly names: readonly string[];
  readonly title: string;
  port(env: ProcessEnv): number;
  readonly tls?: boolean;
}

function tagOf(env: ProcessEnv): string {
  return /:([\w.-]+)$/.exec(env.image)?.[1] ?? 'latest';
}

/** A demonstration web application: says which one it is and which Pod answered. */
function app(spec: App): CatalogueImage {
  const port = (env: ProcessEnv) => Number(env.env.PORT ?? spec.port(env));
  return defineImage({
    names: spec.names,
    entrypoint: ['/app/server'],
    sizeBytes: 24_000_000,
    tools: [...ALPINE_TOOLS, 'curl'],
    program: webServer({
      ports: (env) => [port(env)],
      ...(spec.tls === true ? { tlsPorts: (env: ProcessEnv) => [port(env)] } : {}),
      startLog: (env) => [`${slashTime(env.now)} ${spec.title} listening on :${port(env)}`],
      answer: (request, _, env) => greet(spec, request.path, env),
      accessLog: (request, reply, incoming, env) =>
        `${slashTime(env.now)} ${incoming.sourceIP} ${request.method} ${request.path} ${reply.status}`,
    }),
  });
}

function greet(spec: App, target: string, env: ProcessEnv): HttpReply {
  const { path } = splitPath(target);
  if (path === '/healthz' || path === '/ready') return goText(env.now, 200, 'ok\n');
  const version = /^v\d/.test(tagOf(env)) ? ` ${tagOf(env)}` : '';
  return goText(env.now, 200, `${spec.title}${version} on ${env.hostname}\n`);
}

/** The applications that the course's chapters deploy. */
export const appImages: readonly CatalogueImage[] = [
  app({ names: ['mycompany/backend-service'], title: 'backend-service', port: () => 8080 }),
  app({ names: ['mycompany/web-app'], title: 'web-app', port: () => 8080 }),
  app({ names: ['mycompany/dashboard'], title: 'dashboard', port: () => 8080 }),
  app({ names: ['mycompany/frontend'], title: 'frontend', port: () => 3000 }),
  app({
    names: ['my-backend', 'mycompany/backend'],
    title: 'backend',
    port: (env) => (tagOf(env) === 'v2' ? 9090 : 8080),
  }),
  app({ names: ['my-app', 'mycompany/my-app'], title: 'my-app', port: () => 8080 }),
  app({ names: ['my-api', 'mycompany/my-api'], title: 'my-api', port: () => 9377, tls: true }),
];
