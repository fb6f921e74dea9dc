import { PrismaPg } from '@prisma/adapter-pg';
import { Client, Pool } from 'pg';
import { StartError } from '../app-error';
import { PrismaClient } from '../generated/prisma/client';
import { log } from '../log';

/** The database as the rest of the server uses it. */
export interface Database {
  readonly prisma: PrismaClient;
  /** The connections that Prisma uses, for what it cannot say. */
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Enough for a classroom; PostgreSQL's own default limit is 100 for everybody. */
const POOL_SIZE = 12;
const CONNECT_LIMIT_MS = 8_000;
/** Where there is more to do than can be done at once, it is better late than refused. */
const PATIENCE_MS = 20_000;
/** To open a connection costs more than to ask twenty questions: both sides work out a password's proof. */
const KEPT_MS = 10 * 60_000;
const OLDEST_VERSION = 140_000;
/** "portside" as a number: whoever holds it serves this database's workspaces. */
const SERVER_LOCK = 7_678_784;
/** A server killed a moment ago lets go as soon as PostgreSQL notices. */
const LOCK_PATIENCE_MS = 6_000;

/** A connection string as node-postgres wants it, and the schema that Prisma's `?schema=` names. */
export interface DatabaseAddress {
  readonly connectionString: string;
  readonly schema: string;
}

/** Splits off Prisma's own `schema` parameter. */
export function readDatabaseAddress(url: string): DatabaseAddress {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema') ?? 'public';
  parsed.searchParams.delete('schema');
  return { connectionString: parsed.href, schema };
}

/** A single connection; every way in which it can fail is one sentence. */
export async function connectOnce(url: string): Promise<Client> {
  const { connectionString, schema } = readDatabaseAddress(url);
  const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  client.on('error', (error) => log('warn', 'database-connection-lost', { error: error.message }));
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(explainRefusal(url, error), { cause: error });
  }
  await client.query('SELECT set_config($1, $2, false)', [
    'search_path',
    `"${schema.replaceAll('"', '""')}"`,
  ]);
  return client;
}

/** Refuses a PostgreSQL that is too old. */
export async function checkVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ number: string; text: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS text",
  );
  const [row] = rows;
  if (row !== undefined && Number(row.number) >= OLDEST_VERSION) return;
  throw new StartError(
    `Portside needs PostgreSQL 14 or later, and DATABASE_URL leads to ${row?.text ?? 'something else'}.`,
  );
}

/** Makes sure that no other server serves the same workspaces; held until the connection ends. */
export async function takeServerLock(client: Client): Promise<void> {
  for (const until = Date.now() + LOCK_PATIENCE_MS; ; ) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      SERVER_LOCK,
    ]);
    if (rows[0]?.held === true) return;
    if (Date.now() > until) {
      throw new StartError(
        'Another Portside is already serving this database: stop it first, or set DATA_DIR to another folder.',
      );
    }
    await client.query('SELECT pg_sleep(0.2)');
  }
}

/** Opens the pool that everything else uses. A lost connection is logged and replaced, never fatal. */
export function openDatabase(
  url: string,
  {
    size = POOL_SIZE,
    patienceMs = PATIENCE_MS,
  }: { readonly size?: number; readonly patienceMs?: number } = {},
): Database {
  const { connectionString, schema } = readDatabaseAddress(url);
  const pool = new Pool({
    connectionString,
    max: size,
    connectionTimeoutMillis: patienceMs,
    idleTimeoutMillis: KEPT_MS,
  });
  pool.on('error', (error) => log('warn', 'database-pool', { error: error.message }));
  const adapter = new PrismaPg(pool, {
    schema,
    onConnectionError: (error) => log('warn', 'database-connection', { error: error.message }),
  });
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: patienceMs, timeout: 2 * patienceMs },
  });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function explainRefusal(url: string, error: unknown): string {
  const { hostname, port, pathname, username } = new URL(url);
  const where = `${hostname || 'localhost'}:${port || '5432'}`;
  const advice = 'check DATABASE_URL, or unset it to use the embedded PostgreSQL';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '28P01' || code === '28000') {
    return `The database at ${where} does not accept the user "${decodeURIComponent(username)}" with that password: ${advice}.`;
  }
  if (code === '3D000') {
    return `There is no database "${decodeURIComponent(pathname.slice(1))}" at ${where}: create it, or ${advice}.`;
  }
  const why = code || (error instanceof Error ? error.message : String(error));
  return `The database at ${where} cannot be reached (${why}): ${advice}.`;
}
