import type { ExecutableWorld } from '../../../../api';
import { newObjectId, specialValue } from '../mongo/bson';
import type { ConnectionOptions } from './connection-options';
import type { Session } from './session';

/** The shell that comes with the server's image. */
const MONGOSH_VERSION = '2.5.10';
const TELEMETRY =
  '\nTo help improve our products, anonymous usage data is collected and sent to MongoDB periodically (https://www.mongodb.com/legal/privacy-policy).\nYou can opt-out by running the disableTelemetry() command.\n\n';

/** What the shell says before it has met its server. */
export function connectingLines(
  world: Pick<ExecutableWorld, 'now' | 'random'>,
  connection: ConnectionOptions,
  legacy: boolean,
): string {
  if (legacy)
    return `MongoDB shell version v4.4.30\nconnecting to: ${connection.shown.replace(/\?.*$/, '')}${connection.hosts.length === 1 ? '?compressors=disabled&gssapiServiceName=mongodb' : ''}\n`;
  const id = specialValue(newObjectId(world.now, world.random))?.text ?? '';
  return `Current Mongosh Log ID:\t${id}\nConnecting to:\t\t${connection.shown}\n`;
}

/** What it says once it has. */
export function greeting({ connection, legacy }: Session): string {
  const { version } = connection.run('admin', { buildInfo: 1 }, 'any');
  if (legacy)
    return [
      'Implicit session: session { "id" : UUID("00000000-0000-4000-8000-000000000000") }',
      `MongoDB server version: ${String(version)}`,
    ].join('\n');
  const head = `Using MongoDB:\t\t${String(version)}\nUsing Mongosh:\t\t${MONGOSH_VERSION}\n\nFor mongosh info see: https://www.mongodb.com/docs/mongodb-shell/\n${TELEMETRY}`;
  return `${head}${warnings(connection)}`;
}

function warnings(connection: Session['connection']): string {
  const { log } = connection.run('admin', { getLog: 'startupWarnings' }, 'any');
  const lines = (Array.isArray(log) ? log : []).map((line) => {
    const entry = JSON.parse(String(line)) as {
      readonly t: { readonly $date: string };
      readonly msg: string;
    };
    return `   ${entry.t.$date}: ${entry.msg}`;
  });
  if (lines.length === 0) return '';
  return [
    '------',
    '   The server generated these startup warnings when booting',
    ...lines,
    '------',
    '',
  ].join('\n');
}
