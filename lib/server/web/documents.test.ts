import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { isDocument } from '../access';
import { asDocument, documentOf } from './documents';

const SCRIPT = '<script src="/document/1.js" defer=""></script>';
const PAGE =
  '<!DOCTYPE html><html><head><title>A</title><link rel="preload" as="script" href="/_next/a.js"/>' +
  '<link rel="stylesheet" href="/_next/a.css"/><script src="/_next/a.js" async=""></script></head>' +
  '<body><p>if a &lt; b</p><script>self.__next_f.push([1,"<p>"])</script></body></html>';
const DOCUMENT =
  `<!DOCTYPE html><html><head><title>A</title><link rel="stylesheet" href="/_next/a.css"/>${SCRIPT}</head>` +
  '<body><p>if a &lt; b</p></body></html>';

it('[V31] a document has one script, ours, and all else that was rendered', () => {
  expect(documentOf(PAGE, SCRIPT)).toBe(DOCUMENT);
});

it('[V31] a page that failed keeps the scripts by which it says so', () => {
  const failed = PAGE.replace('<html>', '<html id="__next_error__">');
  expect(documentOf(failed, SCRIPT)).toBe(failed);
});

/** Asks a server that answers as Next does, `answer` being Next. */
async function ask(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const server = createServer((request, response) => {
    if (!asDocument(request, response, { script: SCRIPT, style: (html) => html })) answer(request, response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
}

const inPieces = (_request: IncomingMessage, response: ServerResponse) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('ETag', '"1"');
  response.writeHead(200, { 'X-Said': 'early' });
  response.write(PAGE.slice(0, 70));
  response.flushHeaders();
  response.write(Buffer.from(PAGE.slice(70)));
  response.end();
};

it.each(['br', 'gzip', 'identity', 'br;q=0, gzip'])(
  '[V31] it comes whole to who takes %s',
  async (accepted) => {
    const answer = await ask(inPieces, '/', { headers: { 'Accept-Encoding': accepted } });
    expect(await answer.text()).toBe(DOCUMENT);
    expect(answer.headers.get('etag')).toBeNull();
    expect(answer.headers.get('x-said')).toBe('early');
    expect(answer.headers.get('content-encoding')).toBe(
      accepted === 'identity' ? null : accepted === 'br' ? 'br' : 'gzip',
    );
  },
);

it('[V31] Next’s router is given the document, and so loads it anew; nothing is fetched ahead', async () => {
  let asked = '';
  const seen = (request: IncomingMessage, response: ServerResponse) => {
    asked = `${request.url} ${request.headers.rsc}`;
    inPieces(request, response);
  };
  const answer = await ask(seen, '/labs?by=skill&_rsc=abc', { headers: { RSC: '1', 'Next-Url': '/' } });
  expect(asked).toBe('/labs?by=skill undefined');
  expect(answer.headers.get('content-type')).toMatch('text/html');
  const ahead = await ask(seen, '/labs?_rsc=abc', { headers: { RSC: '1', 'Next-Router-Prefetch': '1' } });
  expect(ahead.status).toBe(204);
});

it.each([
  [307, 'text/html', ''],
  [404, 'text/html; charset=utf-8', PAGE],
  [200, 'text/plain', PAGE],
])('[V31] an answer of %i with %s is left as it is', async (status, type, body) => {
  const answer = await ask(
    (_request, response) => {
      response.writeHead(status, { 'Content-Type': type, ...(status === 307 ? { Location: '/labs' } : {}) });
      response.end(body);
    },
    '/',
    { redirect: 'manual' },
  );
  expect([answer.status, await answer.text()]).toEqual([status, body]);
});

it.each([
  ['/', true],
  ['/?moves=request', true],
  ['/chapters/clusterip', true],
  ['/labs', true],
  ['/labs/services/clusterip', false],
  ['/cohorts', false],
  ['/_nowhere', false],
])('[V31] %s is a document: %s', (address, expected) => {
  expect(isDocument(address)).toBe(expected);
});
