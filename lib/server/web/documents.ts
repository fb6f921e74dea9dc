import type { IncomingMessage, ServerResponse } from 'node:http';
import { compressed, encodingFor } from './compressed';
import type { StyleDocument } from './document-styles';

/** Every script that Next puts into a page. Between its tags no "</script>" can stand: React escapes it. */
const SCRIPTS = /<script\b[^>]*>[\s\S]*?<\/script>/g;
/** What fetches such a script ahead. */
const AHEAD = /<link\b[^>]*\bas="script"[^>]*>/g;
/** Next could not render this page here, and its script is to say so in the browser. */
const FAILED = '<html id="__next_error__"';
/** By these Next's router asks for a page as data, which only its own script can read. */
const ROUTERS = /^(rsc|next-(router|url|hmr).*)$/;

/** A page as Next rendered it, with `script` in the place of all of Next's scripts. */
export function documentOf(html: string, script: string): string {
  if (html.includes(FAILED)) return html;
  return html.replace(SCRIPTS, '').replace(AHEAD, '').replace('</head>', `${script}</head>`);
}

/**
 * Lets Next answer with a document: HTML that is whole without React, and one small script of ours. True when the request
 * was answered here. A page that does run React and leads to a document loads it anew, as Next's router does whenever it is
 * given HTML where it asked for data.
 */
export function asDocument(
  request: IncomingMessage,
  response: ServerResponse,
  { script, style }: { readonly script: string; readonly style: StyleDocument },
): boolean {
  if ('next-router-prefetch' in request.headers) {
    response.writeHead(204, { 'Cache-Control': 'no-store' });
    response.end();
    return true;
  }
  const encoding = encodingFor(request);
  // Next would compress what is to be read here, and answer 304 for what was sent with another nonce.
  for (const name of ['accept-encoding', 'if-none-match']) delete request.headers[name];
  for (const name of Object.keys(request.headers)) if (ROUTERS.test(name)) delete request.headers[name];
  request.url = (request.url ?? '/').replace(/([?&])_rsc=[^&]*&?/, '$1').replace(/[?&]$/, '');
  if (request.method === 'GET')
    whenWhole(response, (body) => {
      const type = String(response.getHeader('Content-Type') ?? '');
      if (response.statusCode !== 200 || !type.startsWith('text/html')) return body;
      response.removeHeader('ETag');
      response.appendHeader('Vary', 'Accept-Encoding');
      if (encoding !== undefined) response.setHeader('Content-Encoding', encoding);
      return compressed(Buffer.from(style(documentOf(body.toString('utf8'), script))), encoding);
    });
  return false;
}

type Piece = string | Uint8Array;
type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Holds back what is written until the answer is whole, and sends what `rewrite` makes of it. */
function whenWhole(response: ServerResponse, rewrite: (body: Buffer) => Buffer): void {
  const pieces: Buffer[] = [];
  let whole = false;
  const end = response.end.bind(response) as (body: Buffer) => ServerResponse;
  const writeHead = response.writeHead.bind(response) as (status: number, headers: Headers) => ServerResponse;
  const keep = (piece: unknown) => {
    if (typeof piece === 'string' || piece instanceof Uint8Array) pieces.push(Buffer.from(piece as Piece));
  };
  const afterwards = (args: readonly unknown[]) => {
    for (const done of args) if (typeof done === 'function') queueMicrotask(() => done());
  };
  Object.assign(response, {
    flushHeaders: () => undefined,
    // Called before the first piece as well, by whoever would compress it.
    writeHead(status: number, ...rest: readonly unknown[]) {
      const headers = (rest.find((each) => typeof each === 'object') ?? {}) as Headers;
      if (whole) return writeHead(status, headers);
      response.statusCode = status;
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      return response;
    },
    write(piece: unknown, ...rest: readonly unknown[]) {
      keep(piece);
      afterwards(rest);
      return true;
    },
    end(piece?: unknown, ...rest: readonly unknown[]) {
      keep(piece);
      afterwards([piece, ...rest]);
      const sent = rewrite(Buffer.concat(pieces));
      response.setHeader('Content-Length', sent.byteLength);
      whole = true;
      return end(sent);
    },
  });
}
