import Papa from 'papaparse';
import type { GradebookView } from './grade-views';

/** What some spreadsheet takes for the beginning of a formula; those of East Asian keyboards among them. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
/** Without it Excel reads another encoding, and names that are not Latin come out as rubbish. */
const UTF8_MARK = '\uFEFF';

/** The gradebook as a spreadsheet reads it. A cell that would be a formula there is made plain text. */
export function gradebookCsv({ work, lines, possible }: GradebookView): string {
  const head = [
    'name',
    'email',
    'reference',
    ...work.flatMap(({ title, points }) => [
      `${title} (of ${points})`,
      `${title}: attempts`,
      `${title}: note`,
    ]),
    `total (of ${possible})`,
  ];
  const rows = lines.map(({ name, email, reference, cells, total }) => [
    name,
    email,
    reference,
    ...cells.flatMap(({ points, attempts, late, override, extension }) => [
      points === null ? '' : String(points),
      String(attempts),
      [
        late ? 'late' : '',
        extension === null ? '' : `extension: ${extension}`,
        override === null ? '' : `override: ${override}`,
      ]
        .filter((note) => note !== '')
        .join('; '),
    ]),
    String(total),
  ]);
  return `${UTF8_MARK}${Papa.unparse([head, ...rows], { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
}
