/**
 * Writes public/schemas/kubernetes.json, the JSON Schema that the editor checks and completes manifests by.
 * Run `node app/_client/editor/write-schemas.mjs` after changing a kind, its fields or their descriptions.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tsImport } from 'tsx/esm/api';

const { kubernetesSchema } = await tsImport('./kubernetes-schema.ts', import.meta.url);
const folder = path.join(import.meta.dirname, '../../../public/schemas');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'kubernetes.json'), `${JSON.stringify(kubernetesSchema())}\n`);
