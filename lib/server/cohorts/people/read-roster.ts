import Papa from 'papaparse';
import { AppError } from '../../app-error';
import type { Role } from './roles';

/** Somebody whom a roster expects. */
export interface RosterLine {
  readonly name: string;
  readonly email: string;
  readonly reference: string;
  readonly role: Role;
}

/** A class of a large course; more in one file is a mistake. */
const LINES_LIMIT = 2_000;
const FIELD_LIMIT = 200;
const NAMES: Readonly<Record<string, keyof RosterLine>> = {
  name: 'name',
  'full name': 'name',
  learner: 'name',
  student: 'name',
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  reference: 'reference',
  id: 'reference',
  'student id': 'reference',
  number: 'reference',
  role: 'role',
};
const ROLES: readonly Role[] = ['learner', 'assistant', 'instructor'];

/**
 * Reads a roster: CSV with a head (name, and email, reference and role where there are such), or one name a line.
 * Separators are found out. Says which line is wrong and why.
 */
export function readRoster(text: string): readonly RosterLine[] {
  const { data } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: 'greedy' });
  const [head = []] = data;
  const fields = head.map((cell) => NAMES[cell.trim().toLowerCase()]);
  const hasHead = fields.includes('name');
  const columns = hasHead ? fields : (['name', 'email', 'reference', 'role'] as const);
  const rows = hasHead ? data.slice(1) : data;
  if (rows.length === 0)
    throw new AppError('invalid', 'The roster is empty: one person a line, the name first.');
  if (rows.length > LINES_LIMIT)
    throw new AppError(
      'too-large',
      `A roster has at most ${LINES_LIMIT} lines; this one has ${rows.length}.`,
    );
  return rows.map((cells, index) => readLine(cells, columns, index + (hasHead ? 2 : 1)));
}

function readLine(
  cells: readonly string[],
  columns: readonly (keyof RosterLine | undefined)[],
  line: number,
): RosterLine {
  const cell = (column: keyof RosterLine) => (cells[columns.indexOf(column)] ?? '').normalize('NFC').trim();
  const wrong = (why: string) => new AppError('invalid', `Line ${line} of the roster: ${why}`);
  const role = (cell('role') || 'learner').toLowerCase();
  if (cell('name') === '') throw wrong('there is no name.');
  if (cells.some((each) => each.length > FIELD_LIMIT)) throw wrong('a field is too long.');
  if (cell('email') !== '' && !/^\S+@\S+\.\S+$/.test(cell('email')))
    throw wrong(`"${cell('email')}" is no e-mail address.`);
  const known = ROLES.find((each) => each === role);
  if (known === undefined) throw wrong(`"${role}" is no role; there are ${ROLES.join(', ')}.`);
  return {
    name: cell('name'),
    email: cell('email').toLowerCase(),
    reference: cell('reference'),
    role: known,
  };
}
