import { isAbsolute, join } from 'node:path';
import { StartError } from './app-error';

/** What the operator chose through environment variables. */
export interface Environment {
  readonly port: number;
  readonly dataDir: string;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
}

const DEFAULT_PORT = 3000;
const HIGHEST_PORT = 65_535;

/** Reads PORT, DATA_DIR and DATABASE_URL; a wrong one is refused in one sentence. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  root: string,
): Environment {
  const dataDir = variables.DATA_DIR || '.data';
  return {
    port: readPort(variables.PORT),
    dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir),
    databaseUrl: readDatabaseUrl(variables.DATABASE_URL),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= HIGHEST_PORT) return port;
  throw new StartError(`PORT must be a number from 1 to ${HIGHEST_PORT}, not "${text}".`);
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  throw new StartError(
    'DATABASE_URL must look like postgresql://user:password@host:5432/database; unset it to use the embedded PostgreSQL.',
  );
}
