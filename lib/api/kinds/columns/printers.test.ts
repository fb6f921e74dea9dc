import { describe, expect, it } from 'vitest';
import { hasCases, loadCases, versionRule } from '../../../testing/conformance-cases';
import type { KindSpec } from '../../kind-spec';
import type { KubeObject } from '../../objects';
import { kinds } from '../list';

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly wide: boolean;
  readonly object: KubeObject & { readonly items?: readonly KubeObject[] };
  readonly cells: readonly (readonly (string | number | boolean | null)[])[];
}

const NOW = 1704067200000;
const byKind = new Map(kinds.map((spec) => [spec.kind, spec]));
const recorded = loadCases<{
  readonly columns: Readonly<Record<string, readonly string[]>>;
  readonly cases: readonly Case[];
}>('printers.json');
const served = (kind: string): KindSpec | undefined => byKind.get(kind.replace(/List$/, ''));

describe.skipIf(!hasCases)('tables, as recorded', () => {
  const cases = hasCases
    ? recorded.cases.filter(({ kind, id }) => served(kind) && !versionRule('printers', id)?.skip)
    : [];
  it.each(cases)('$id', ({ kind, object, cells, wide }) => {
    const spec = served(kind);
    const dated = JSON.parse(JSON.stringify(object).replace('<now minus 3650 days>', '2014-01-03T00:00:00Z'));
    const objects: readonly KubeObject[] = dated.items ?? [dated];
    const columns = (spec?.columns ?? []).filter(({ priority }) => {
      return priority === 0 || wide || cells[0]?.length === spec?.columns.length;
    });
    const rows = objects.map((each) => {
      const whole = { ...each, metadata: each.metadata ?? {} };
      return columns.map((column) => column.value(whole, NOW));
    });
    expect(rows).toEqual(cells);
  });

  const named = hasCases ? Object.entries(recorded.columns).filter(([kind]) => served(kind)) : [];
  it.each(named)('columns of %s', (kind, names) => {
    const shown = served(kind)?.columns.map(({ name, priority }) => (priority === 0 ? name : `${name}*`));
    expect(shown).toEqual(names);
  });
});
