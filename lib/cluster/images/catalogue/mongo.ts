import { defineImage, type ImageSpec } from '../define-image';
import { type MongodState, mongodProgram, mongoVersion } from '../programs/mongo';
import { mongoShell } from '../programs/mongosh';
import { DEBIAN_TOOLS } from '../tools';

const mongosh = mongoShell(false);
const legacy = mongoShell(true);

/** The shell of each version: `mongo` until 5, `mongosh` from 5 on. */
function shellsOf(tag: string): ImageSpec<MongodState>['executables'] {
  const major = Number(mongoVersion(`mongo:${tag}`).split('.')[0]);
  if (major < 5) return { mongo: legacy };
  return major === 5 ? { mongo: legacy, mongosh } : { mongosh };
}

/** MongoDB: mongod, and the shell that its version comes with. */
export const mongo = defineImage<MongodState>({
  names: ['mongo'],
  entrypoint: ['docker-entrypoint.sh'],
  cmd: ['mongod'],
  sizeBytes: 283_000_000,
  tools: [...DEBIAN_TOOLS, 'jq', 'openssl'],
  program: mongodProgram,
  executables: { mongosh },
  variant: (tag) => ({ executables: shellsOf(tag) ?? {} }),
});
