import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { StartError } from './app-error';

/** What the operator chose through environment variables. */
export interface Environment {
  readonly port: number;
  readonly dataDir: string;
  /** Where labs and their `course.yaml` are read from. Undefined: the labs that come along. */
  readonly labsDir: string | undefined;
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** By which browsers know this place, without a slash at its end; links in mails begin with it. */
  readonly publicUrl: string;
  /** Signs cookies and links. Undefined: one is made and kept in the data folder. */
  readonly secret: string | undefined;
  /** Undefined: mails are shown on a page while developing, and not sent otherwise. */
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  /** How many proxies of ours a request comes through: so many addresses of X-Forwarded-For are to be believed. */
  readonly proxies: number;
  /** Whoever reads `/metrics` has to show it. Undefined: only this machine may. */
  readonly metricsToken: string | undefined;
  /** Where the other processes that serve the same database hand requests on to. */
  readonly processAddress: string;
}

const DEFAULT_PORT = 3000;
const HIGHEST_PORT = 65_535;

/** Whatever is shorter can be guessed. */
const SHORTEST_SECRET = 32;
const MOST_PROXIES = 9;

/** Reads what is set; a wrong value is refused in one sentence. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  root: string,
): Environment {
  const dataDir = variables.DATA_DIR || '.data';
  const port = readPort(variables.PORT);
  return {
    port,
    dataDir: isAbsolute(dataDir) ? dataDir : join(root, dataDir),
    labsDir: readLabsDir(variables.LABS_DIR, root),
    databaseUrl: readDatabaseUrl(variables.DATABASE_URL),
    publicUrl: readPublicUrl(variables.PUBLIC_URL) ?? `http://localhost:${port}`,
    secret: readSecret(variables.SECRET),
    smtp: readSmtp(variables),
    proxies: readProxies(variables.TRUST_PROXY),
    metricsToken: variables.METRICS_TOKEN || undefined,
    processAddress: readAddress(variables.PROCESS_ADDRESS) ?? `127.0.0.1:${port}`,
  };
}

function readLabsDir(text: string | undefined, root: string): string | undefined {
  if (text === undefined || text === '') return undefined;
  const folder = isAbsolute(text) ? text : join(root, text);
  if (existsSync(join(folder, 'course.yaml'))) return folder;
  throw new StartError(`LABS_DIR must be a folder of labs with a course.yaml, not "${text}".`);
}

function readPublicUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text)) {
    const { protocol, origin, pathname } = new URL(text);
    if (/^https?:$/.test(protocol) && pathname === '/') return origin;
  }
  throw new StartError(
    `PUBLIC_URL must be the address that browsers use, without a path, as in https://learn.example, not "${text}".`,
  );
}

function readAddress(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^[a-z0-9.-]+:\d{1,5}$/i.test(text)) return text;
  throw new StartError(`PROCESS_ADDRESS must look like 10.0.0.7:3000, not "${text}".`);
}

function readSecret(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (text.length >= SHORTEST_SECRET) return text;
  throw new StartError(`SECRET must have at least ${SHORTEST_SECRET} characters of chance.`);
}

function readSmtp(variables: Readonly<Record<string, string | undefined>>): Environment['smtp'] {
  const { SMTP_URL: url, MAIL_FROM: from, PUBLIC_URL: publicUrl } = variables;
  if (url === undefined || url === '') return undefined;
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol))
    throw new StartError('SMTP_URL must look like smtps://user:password@mail.example.');
  if (!from)
    throw new StartError('MAIL_FROM must be set beside SMTP_URL, as in "Portside <port@learn.example>".');
  if (!publicUrl)
    throw new StartError('PUBLIC_URL must be set beside SMTP_URL: links in mails begin with it.');
  return { url, from };
}

function readProxies(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (/^\d$/.test(text)) return Number(text);
  throw new StartError(
    `TRUST_PROXY must be how many proxies stand before Portside (0 to ${MOST_PROXIES}), not "${text}".`,
  );
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
