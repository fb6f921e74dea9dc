import { describe, expect, it } from 'vitest';
import { readImage } from './image-schema';
import { LabError } from './lab-error';

const read = (text: string) => readImage('images/a.yaml', text);

describe('[G7] an image of a lab’s own', () => {
  it('is plain data, with defaults filled in', () => {
    expect(
      read(`image: shop/catalog
tags: [v1, 2]
tools: [alpine, curl]
memory: 64Mi
start: { takes: 1m30s, ready: 'listening on \${env.PORT:-8080}' }
listeners:
  - port: \${env.PORT:-8080}
    protocol: http
    routes:
      - { path: /, reply: hello }
      - { path: /api/*, delay: 250ms, reply: { status: 201, body: made }, faults: [{ every: 3, exit: 1 }] }
  - { port: 53, protocol: udp, bind: 127.0.0.1, exchanges: [{ reply: pong }] }
`),
    ).toEqual({
      image: 'shop/catalog',
      tags: ['v1', '2'],
      sizeBytes: 24 * 1024 ** 2,
      entrypoint: ['/app/server'],
      cmd: [],
      env: {},
      files: {},
      tools: ['alpine', 'curl'],
      memoryBytes: 64 * 1024 ** 2,
      start: {
        needs: [],
        log: [],
        takesMs: 90_000,
        calls: [],
        retryMs: undefined,
        ready: ['listening on ${env.PORT:-8080}'],
      },
      listeners: [
        {
          port: '${env.PORT:-8080}',
          bind: '0.0.0.0',
          protocol: 'http',
          exchanges: [],
          routes: [
            {
              path: '/',
              reply: { status: 200, headers: {}, body: 'hello' },
              failure: { status: 502, headers: {}, body: '${calls}' },
              calls: [],
              faults: [],
              log: [],
              delayMs: 0,
            },
            {
              path: '/api/*',
              reply: { status: 201, headers: {}, body: 'made' },
              failure: { status: 502, headers: {}, body: '${calls}' },
              calls: [],
              faults: [{ every: 3, exit: 1, delayMs: undefined, leakBytes: undefined }],
              log: [],
              delayMs: 250,
            },
          ],
        },
        {
          port: 53,
          bind: '127.0.0.1',
          protocol: 'udp',
          routes: [],
          exchanges: [
            {
              match: '',
              reply: 'pong',
              failure: '${calls}',
              calls: [],
              faults: [],
              log: [],
              delayMs: 0,
            },
          ],
        },
      ],
      stop: { ignored: false, takesMs: 100, exitCode: 0, log: [] },
    });
  });

  const route = (more: string) =>
    `image: a\nlisteners:\n  - port: 80\n    protocol: http\n    routes:\n      - path: /\n        reply: hi\n        ${more}\n`;
  it.each([
    ['image: Shop/Catalog', ':1: image: must be a repository in lower case without a tag'],
    ['image: shop/catalog:v1', ':1: image: must be a repository in lower case without a tag'],
    ['imag: a', ':1: '],
    ['image: a\ncolour: blue', ':2: colour: unknown field "colour"; known here: image, tags'],
    ['image: a\nstart:\n  takes: 3', ':3: start.takes: must be a string, is 3'],
    ['image: a\nstart:\n  takes: 3x', ':3: start.takes: time: unknown unit "x" in duration "3x"'],
    ['image: a\nstart:\n  takes: -1s', ':3: start.takes: must not be negative'],
    ['image: a\nmemory: lots', ':2: memory: must be an amount of memory'],
    ['image: a\nlisteners:\n  - protocol: http', ':3: listeners.0.port: '],
    ['image: a\nlisteners:\n  - { port: 80, protocol: grpc }', ':3: listeners.0.protocol: '],
    ['image: a\nlisteners:\n  - { port: 99999, protocol: tcp }', ':3: listeners.0.port: '],
    [
      'image: a\nlisteners:\n  - { port: eighty, protocol: tcp }',
      ':3: listeners.0.port: must be a port number, or a text such as',
    ],
    [
      'image: a\nlisteners:\n  - { port: 80, protocol: tcp }\n  - { port: 80, protocol: tcp }',
      ':4: listeners.1.port: 80/tcp is taken already',
    ],
    [
      'image: a\nlisteners:\n  - { port: 80, protocol: tcp, routes: [] }',
      ':3: listeners.0.routes: unknown field "routes"',
    ],
    [
      'image: a\nlisteners:\n  - { port: 80, protocol: tcp, exchanges: [{ match: "(", reply: x }] }',
      ':3: listeners.0.exchanges.0.match: must be a regular expression',
    ],
    [route('path2: x'), 'listeners.0.routes.0.path2: unknown field "path2"; did you mean "path"?'],
    [route('delay: soon'), ':8: listeners.0.routes.0.delay: time: invalid duration "soon"'],
    [route('faults: [{ every: 2 }]'), ':8: listeners.0.routes.0.faults.0: a fault needs what it does'],
    [
      route('faults: [{ chance: 2, exit: 1 }]'),
      ':8: listeners.0.routes.0.faults.0.chance: Too big: expected number to be <=1',
    ],
    [
      route('failure: { status: 99 }'),
      ':8: listeners.0.routes.0.failure.status: must be at least 100, is 99',
    ],
    [
      route('calls: [{ name: db, to: mysql:3306 }]'),
      ':8: listeners.0.routes.0.calls.0.to: must be a URL: http://…, https://…, or tcp://HOST:PORT',
    ],
    [
      route("log: 'hi ${hostnam}'"),
      ':8: listeners.0.routes.0.log: ${hostnam} names nothing; there are ${env.NAME}, ',
    ],
    ['image: a\ntools: [alpine, "rm -rf"]', ':2: tools: "rm -rf" is no tool'],
    ['image: [', ':1: '],
  ])('%j is refused with file, line and path', (text, message) => {
    const attempt = () => read(text);
    expect(attempt).toThrow(LabError);
    expect(attempt).toThrow(message);
  });
});
