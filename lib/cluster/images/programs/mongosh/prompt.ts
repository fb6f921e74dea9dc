import type { Document } from '../mongo/bson';
import type { Connection } from './connection';

/** The prompt: the set's name and the server's part in it, then the current database. */
export function promptOf(connection: Connection, db: string, legacy: boolean): string {
  const { hello, primary } = connection.describe();
  if (legacy) return legacyPrompt(hello);
  const parts = connection.options.direct ? directParts(hello) : setParts(hello, primary);
  return `${[...parts, db].join(' ')}> `;
}

function directParts(hello: Document | undefined): readonly string[] {
  const set = hello?.setName;
  if (typeof set !== 'string') return [];
  const role =
    hello?.isWritablePrimary === true
      ? 'primary'
      : hello?.secondary === true
        ? 'secondary'
        : hello?.arbiterOnly === true
          ? 'arbiter'
          : 'other';
  return [set, `[direct: ${role}]`];
}

function setParts(hello: Document | undefined, primary: boolean): readonly string[] {
  const set = hello?.setName;
  const name = typeof set === 'string' ? [set] : [];
  return [...name, primary ? '[primary]' : '[secondary]'];
}

function legacyPrompt(hello: Document | undefined): string {
  const set = hello?.setName;
  if (typeof set !== 'string') return '> ';
  const role =
    hello?.isWritablePrimary === true
      ? 'PRIMARY'
      : hello?.secondary === true
        ? 'SECONDARY'
        : hello?.arbiterOnly === true
          ? 'ARBITER'
          : 'OTHER';
  return `${set}:${role}> `;
}
