import type { ExecutableWorld } from '../../../../api';
import { directCommand, Leave } from './commands';
import { Connection, type Learnt, Pause } from './connection';
import type { ConnectionOptions } from './connection-options';
import { Database } from './database';
import { formatError, formatValue } from './format';
import { globalsOf } from './globals';
import { Interpreter } from './interpreter';
import { ScriptError } from './native-members';
import type { Variables } from './scope';
import type { SavedCursor, Session } from './session';
import { readSyntax } from './syntax';
import { restoredVariables, type SavedVariables, savedVariables } from './variables';

/** What lasts from line to line; JSON. */
export type Lasting = {
  readonly db: string;
  readonly readPreference: string;
  readonly variables: SavedVariables;
  readonly cursor: SavedCursor | null;
  readonly warned: readonly string[];
};

/** A line that waits for time to pass: it is evaluated again from its start, told what it learnt before. */
export type Waiting = { readonly learnt: readonly Learnt[]; readonly shown: number };

/** What one evaluation came to. */
export interface Evaluated {
  readonly lasting: Lasting;
  /** What is new to see. */
  readonly text: string;
  readonly elapsedMs: number;
  readonly outcome:
    | { readonly kind: 'done' }
    | { readonly kind: 'failed'; readonly error: string; readonly plain: string }
    | { readonly kind: 'leave'; readonly code: number }
    | { readonly kind: 'wait'; readonly ms: number; readonly waiting: Waiting };
}

/** The shell that lines are evaluated in. */
export interface Home {
  readonly connection: ConnectionOptions;
  readonly legacy: boolean;
  readonly world: ExecutableWorld;
}

/** Does work in a session, which may have to be done again when time has passed. */
export function attempt(
  home: Home,
  lasting: Lasting,
  waiting: Waiting | null,
  work: (session: Session, variables: Variables) => void,
): Evaluated {
  const known = waiting?.learnt ?? [];
  const connection = new Connection(home.connection, home.world, known, lasting.readPreference, home.legacy);
  let text = '';
  const session: Session = {
    connection,
    legacy: home.legacy,
    db: lasting.db,
    cursor: lasting.cursor,
    warned: lasting.warned,
    print: (line) => {
      text += `${line}\n`;
    },
    readFile: (path) => home.world.readFile(path),
  };
  const load = (path: string): unknown => {
    const source = session.readFile(path);
    if (source === undefined)
      throw new ScriptError('Error', `ENOENT: no such file or directory, open '${path}'`);
    runSource(source, variables);
    return true;
  };
  const variables = restoredVariables(session, lasting.variables, globalsOf(session, load));
  const finish = (outcome: Evaluated['outcome']): Evaluated => ({
    lasting: {
      db: session.db,
      readPreference: connection.readPreference,
      variables: savedVariables(variables),
      cursor: session.cursor,
      warned: session.warned,
    },
    text: text.slice(waiting?.shown ?? 0),
    elapsedMs: connection.elapsed,
    outcome,
  });
  try {
    work(session, variables);
    // "db = db.getSiblingDB(…)" is the old way to say "use".
    const db = variables.get('db');
    if (db instanceof Database) session.db = db.name;
    return finish({ kind: 'done' });
  } catch (error) {
    if (error instanceof Pause)
      return {
        ...finish({
          kind: 'wait',
          ms: error.ms,
          waiting: { learnt: connection.learnt, shown: text.length },
        }),
        lasting,
      };
    if (error instanceof Leave) return finish({ kind: 'leave', code: error.code });
    const shown = formatError(session, error);
    if (shown === undefined || !(error instanceof Error)) throw error;
    return finish({
      kind: 'failed',
      error: shown,
      plain: error instanceof ScriptError ? `${error.name}: ${error.message}` : shown,
    });
  }
}

/** Evaluates a complete line, or a file, and prints its value. */
export function evaluateLine(session: Session, variables: Variables, line: string): void {
  const direct = directCommand(session, line);
  const value = direct === undefined ? runSource(line, variables) : direct.value;
  const shown = formatValue(session, value);
  if (shown !== '') session.print(shown);
}

/** Runs a text as a program. */
export function runSource(source: string, variables: Variables): unknown {
  const parsed = readSyntax(source);
  if (parsed.kind === 'wrong') throw parsed.error;
  if (parsed.kind === 'more') throw new ScriptError('SyntaxError', 'Unexpected end of input');
  return new Interpreter(variables, parsed.source).run(parsed.program);
}
