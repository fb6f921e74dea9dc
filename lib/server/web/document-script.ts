import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { compressed, type Encoding, encodingFor } from './compressed';

/** The one script of pages that are documents. */
export interface DocumentScript {
  /** The element that loads it. */
  tag(nonce: string): string;
  owns(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const ENTRY = 'app/_document/index.ts';
/** Baseline of 2023: `inert`, `:has()` and all that the pages' styles need as well. */
const TARGET = 'es2022';
const YEAR_SECONDS = 31_536_000;
const BEST = 11;

/** Bundles it from the sources as they are, which takes some 20 ms. Its address is its content's, so browsers keep it. */
export async function createDocumentScript(root: string): Promise<DocumentScript> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, ENTRY)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: TARGET,
    legalComments: 'none',
    logLevel: 'silent',
  });
  // Nothing else is bundled while the server runs, and esbuild would wait for that in a process of its own.
  await stop();
  const body = Buffer.from(outputFiles[0]?.contents ?? []);
  const address = `/document/${createHash('sha256').update(body).digest('hex').slice(0, 12)}.js`;
  const packed = new Map<Encoding | undefined, Buffer>();
  const bodyFor = (encoding: Encoding | undefined): Buffer => {
    const made = packed.get(encoding) ?? compressed(body, encoding, BEST);
    packed.set(encoding, made);
    return made;
  };
  return {
    tag: (nonce) => `<script src="${address}" nonce="${nonce}" defer=""></script>`,
    owns: (request) => request.url === address,
    async answer(request, response) {
      const encoding = encodingFor(request);
      response.writeHead(200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable`,
        Vary: 'Accept-Encoding',
        ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
      });
      response.end(bodyFor(encoding));
    },
  };
}
