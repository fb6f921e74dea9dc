import type { ExecutableWorld, Json } from '../../../../api';
import { isRecord } from '../../../../base';
import { isOld, MYSQL_CALL, mysqlVersion, SOCKET } from '../mysql';
import type { ClientOptions } from './options';

/** A refusal as clients print it. */
export interface Refusal {
  readonly code: number;
  readonly sqlState: string;
  readonly message: string;
}
/** What the server said, or why it did not. */
export type Answer =
  | { readonly body: Readonly<Record<string, Json>>; readonly ms: number }
  | { readonly refusal: Refusal; readonly ms: number };

/** How long Linux tries to connect to what never answers. */
const CONNECT_TIMEOUT_MS = 130_000;
const LOCAL = ['localhost', ''];

/** The version of the client, which comes with the server's image. */
export const clientVersion = (world: ExecutableWorld): string =>
  mysqlVersion(
    world.env.MYSQL_VERSION === undefined ? 'mysql' : `mysql:${world.env.MYSQL_VERSION.split('-')[0]}`,
  );

/** Sends one exchange to the server that the options name: by the socket, or over the network. */
export function ask(
  world: ExecutableWorld,
  options: ClientOptions,
  body: Readonly<Record<string, Json>>,
): Answer {
  const { host, port, user, password, tcp } = options;
  const failed = (code: number, message: string, ms: number): Answer => ({
    refusal: { code, sqlState: 'HY000', message },
    ms,
  });
  const socket = LOCAL.includes(host) && !tcp;
  if (socket && world.readFile(SOCKET) === undefined)
    return failed(2002, `Can't connect to local MySQL server through socket '${SOCKET}' (2)`, 0);
  const found = socket ? { addresses: ['127.0.0.1'], latencyMs: 0 } : world.lookup(host).outcome;
  const [ip] = found.addresses;
  const old = isOld(clientVersion(world));
  if (ip === undefined) {
    const errno = 'error' in found && found.error === 'no-server' ? -3 : old ? 0 : -2;
    return failed(2005, `Unknown MySQL server host '${host}' (${errno})`, found.latencyMs);
  }
  // The port belongs to the place since 8.0.
  const place = old ? host : `${host}:${port}`;
  const refused = (errno: number, ms: number): Answer =>
    socket
      ? failed(2002, `Can't connect to local MySQL server through socket '${SOCKET}' (${errno})`, ms)
      : failed(2003, `Can't connect to MySQL server on '${place}' (${errno})`, ms);
  const request = {
    kind: 'call',
    name: MYSQL_CALL,
    body: { ...body, user, password: password ?? '', socket },
  } as const;
  const { outcome } = world.send(ip, port, request);
  switch (outcome.kind) {
    case 'refused':
      return refused(111, found.latencyMs + outcome.latencyMs);
    case 'unreachable':
      return refused(outcome.why === 'host' ? 113 : 101, found.latencyMs + outcome.latencyMs);
    case 'dropped':
      return refused(110, options.timeoutSeconds > 0 ? options.timeoutSeconds * 1000 : CONNECT_TIMEOUT_MS);
    case 'delivered': {
      const ms = found.latencyMs + outcome.latencyMs;
      const { reply } = outcome;
      if (reply.kind !== 'call' || !isRecord(reply.body))
        return failed(
          2013,
          "Lost connection to MySQL server at 'reading initial communication packet', system error: 0",
          ms,
        );
      const { error } = reply.body;
      if (!isRecord(error)) return { body: reply.body as Readonly<Record<string, Json>>, ms };
      return {
        refusal: {
          code: Number(error.code),
          sqlState: String(error.sqlState),
          message: String(error.message),
        },
        ms,
      };
    }
  }
}

/** "ERROR 1045 (28000): Access denied …", with the line of a script where there is one. */
export const printed = ({ code, sqlState, message }: Refusal, line?: number): string =>
  `ERROR ${code} (${sqlState})${line === undefined ? '' : ` at line ${line}`}: ${message}\n`;

/** What --version prints. */
export function versionLine(program: string, world: ExecutableWorld): string {
  const version = clientVersion(world);
  return isOld(version)
    ? `${program}  Ver ${program === 'mysql' ? '14.14' : '8.42'} Distrib ${version}, for Linux ${program === 'mysql' ? '(x86_64) using  EditLine wrapper' : 'on x86_64'}\n`
    : `${program}  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`;
}
