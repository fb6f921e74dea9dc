import { describe, expect, it } from 'vitest';
import { answerText, readRequest } from './http-bytes';

const GET = 'GET /a?b=c HTTP/1.1\r\nHost: localhost:8080\r\nAccept: */*\r\n\r\n';

describe('[CL10] requests are read from the front of a connection', () => {
  it('whole, with their host, headers and body', () => {
    const heard = `POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\n\u00c3\u00a9!${GET}`;
    expect(readRequest(heard)).toEqual({
      kind: 'http',
      request: {
        kind: 'http',
        method: 'POST',
        path: '/x',
        host: 'h',
        headers: { 'Content-Length': '3' },
        body: 'é!',
      },
      rest: GET,
      isLast: false,
    });
  });

  it('a body in chunks', () => {
    const heard = 'PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET';
    expect(readRequest(heard)).toMatchObject({ request: { body: 'abcde' }, rest: 'GET' });
  });

  it.each([
    ['nothing', ''],
    ['a word that may become one', 'GE'],
    ['a line that is not whole', 'GET / HTT'],
    ['headers that are not whole', GET.slice(0, -2)],
    ['a body that is not whole', 'POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab'],
    ['a chunk that is not whole', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab'],
  ])('%s waits for more', (_name, heard) => expect(readRequest(heard)).toEqual({ kind: 'more' }));

  it.each(['PING\r\n', 'hello\n', '*1\r\n$4\r\nPING\r\n', 'GET key\r\n'])('%j is no HTTP', (text) =>
    expect(readRequest(text)).toEqual({ kind: 'bytes', text }),
  );

  it.each([
    ['HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', true],
    ['Connection: close', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', true],
    ['HTTP/1.1', GET, false],
  ])('%s ends the connection or not', (_name, heard, isLast) =>
    expect(readRequest(heard)).toMatchObject({ isLast }),
  );
});

describe('[CL10] answers are written as HTTP/1.1', () => {
  const reply = {
    kind: 'http',
    status: 200,
    reason: 'OK',
    headers: [['Server', 'nginx']],
    body: 'é\n',
  } as const;

  it('with their length in bytes', () =>
    expect(answerText(reply, { method: 'GET' })).toEqual({
      text: 'HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 3\r\n\r\n\u00c3\u00a9\n',
      isLast: false,
    }));

  it('without a body for HEAD', () =>
    expect(answerText(reply, { method: 'HEAD' }).text).toBe('HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n'));
});
