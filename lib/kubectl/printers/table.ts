import type { ApiResource, Table, TableColumn, TableRow } from '../../api';
import { alignTabs } from '../../base';
import { objectName } from '../resources';
import { TABLE_TABS } from './custom-columns';

/** What `get` adds to a server's table. */
export interface TableRules {
  readonly wide: boolean;
  readonly headers: boolean;
  readonly withNamespace: boolean;
  /** Set when names are prefixed by their kind. */
  readonly kind?: ApiResource | undefined;
  readonly showLabels: boolean;
  readonly labelColumns: readonly string[];
}

interface Cells {
  readonly headers: readonly string[];
  readonly row: (row: TableRow) => readonly string[];
}

/** Prints tables that share column widths, as a watch does; `event` adds a first column. */
export class TablePrinter {
  private readonly rules: TableRules;
  private readonly widths: number[] = [];
  private columns: readonly TableColumn[] = [];
  private headed = false;

  constructor(rules: TableRules) {
    this.rules = rules;
  }

  /** The lines for a table; nothing for one without rows. */
  print(table: Table, event?: string): string {
    if (table.columnDefinitions.length > 0) this.columns = table.columnDefinitions;
    if (table.rows.length === 0) return '';
    const cells = layout(this.columns, this.rules, event);
    const lines = table.rows.map(cells.row);
    const head = this.rules.headers && !this.headed ? [cells.headers] : [];
    this.headed = true;
    const text = [...head, ...lines].map((line) => `${line.join('\t')}\n`).join('');
    return alignTabs(text, TABLE_TABS, this.widths);
  }
}

function layout(columns: readonly TableColumn[], rules: TableRules, event: string | undefined): Cells {
  const shown = columns
    .map((_column, index) => index)
    .filter((index) => rules.wide || columns[index]?.priority === 0);
  const nameAt = Math.max(
    0,
    columns.findIndex((column) => column.format === 'name'),
  );
  const headers = [
    ...(event === undefined ? [] : ['EVENT']),
    ...(rules.withNamespace ? ['NAMESPACE'] : []),
    ...shown.map((index) => (columns[index]?.name ?? '').toUpperCase()),
    ...rules.labelColumns.map((label) => (label.split('/').at(-1) ?? label).toUpperCase()),
    ...(rules.showLabels ? ['LABELS'] : []),
  ];
  const row = ({ cells, object }: TableRow) => [
    ...(event === undefined ? [] : [event.padEnd(10).trimEnd()]),
    ...(rules.withNamespace ? [object.metadata?.namespace ?? ''] : []),
    ...shown.map((index) => {
      const value = cellText(cells[index]);
      return rules.kind && index === nameAt ? objectName(rules.kind, value) : value;
    }),
    ...rules.labelColumns.map((label) => object.metadata?.labels?.[label] ?? ''),
    ...(rules.showLabels ? [formatLabels(object.metadata?.labels)] : []),
  ];
  return { headers, row };
}

/** A cell on one line. */
function cellText(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  const whole = String(value);
  const broken = whole.search(/[\f\n\r]/);
  return broken < 0 ? whole : `${whole.slice(0, broken)}...`;
}

/** "a=b,c=d" sorted by key; "<none>" without labels. */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels?.[key] ?? ''}`);
  return pairs.length === 0 ? '<none>' : pairs.join(',');
}
