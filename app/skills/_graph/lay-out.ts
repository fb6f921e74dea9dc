/** A skill and what has to be known before it. */
export interface SkillNode {
  readonly name: string;
  readonly needs: readonly string[];
}

/** Where a skill stands: its column by what it needs, its row among those of its column. */
export interface PlacedSkill extends SkillNode {
  readonly column: number;
  readonly row: number;
}

/**
 * Skills of labs: one needs what the labs that train it need. A skill that a lab both needs and trains, and circles
 * among labs, are no order: there the course's own order decides.
 */
export function skillNodes(
  names: readonly string[],
  labs: readonly { readonly skills: readonly string[]; readonly prerequisites: readonly string[] }[],
): readonly SkillNode[] {
  return names.map((name, place) => {
    const before = names.slice(0, place);
    // The first lab that trains it is where it is met; later ones only use it again.
    const first = labs.find(({ skills }) => skills.includes(name));
    const needs = (first?.prerequisites ?? []).filter((each) => each !== name && before.includes(each));
    return { name, needs: [...new Set(needs)] };
  });
}

/** Puts every skill to the right of all that it needs, and beside them as near as may be. */
export function layOut(nodes: readonly SkillNode[]): readonly PlacedSkill[] {
  const columns = new Map<string, number>();
  for (const { name, needs } of nodes)
    columns.set(name, Math.max(-1, ...needs.map((need) => columns.get(need) ?? -1)) + 1);
  const rows = new Map<string, number>();
  const placed: PlacedSkill[] = [];
  for (let column = 0; column <= Math.max(0, ...columns.values()); column += 1) {
    const own = nodes.filter(({ name }) => columns.get(name) === column);
    const wish = ({ needs }: SkillNode) =>
      needs.reduce((sum, need) => sum + (rows.get(need) ?? 0), 0) / Math.max(1, needs.length);
    [...own]
      .sort((a, b) => wish(a) - wish(b))
      .forEach((node, row) => {
        rows.set(node.name, row);
        placed.push({ ...node, column, row });
      });
  }
  return placed;
}
