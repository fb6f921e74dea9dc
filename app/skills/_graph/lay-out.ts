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

/**
 * Puts every skill to the right of all that it needs, as branches of a tree: a row belongs to one skill and to the first of each
 * that grows from it, so the lines to what grows from one are one trunk. Of several that it needs, a skill grows from the farthest.
 */
export function layOut(nodes: readonly SkillNode[]): readonly PlacedSkill[] {
  const columns = new Map<string, number>();
  const branches = new Map<string | undefined, SkillNode[]>();
  for (const node of nodes) {
    const known = node.needs.filter((need) => columns.has(need));
    const column = Math.max(-1, ...known.map((need) => columns.get(need) ?? -1)) + 1;
    columns.set(node.name, column);
    const from = known.find((need) => columns.get(need) === column - 1);
    branches.set(from, [...(branches.get(from) ?? []), node]);
  }
  const placed: PlacedSkill[] = [];
  let row = 0;
  const grow = (from: string | undefined) => {
    for (const [index, node] of (branches.get(from) ?? []).entries()) {
      if (index > 0) row += 1;
      placed.push({ ...node, column: columns.get(node.name) ?? 0, row });
      grow(node.name);
    }
  };
  grow(undefined);
  return placed;
}
