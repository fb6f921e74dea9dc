import type { PlacedSkill } from './lay-out';

/** A skill's box, and the water between the boxes. */
export const BOX = { width: 176, height: 34 } as const;
export const GUTTER = { across: 64, down: 16 } as const;
const COLUMN = BOX.width + GUTTER.across;
const ROW = BOX.height + GUTTER.down;
/** How far apart lines come in that lead to one skill. */
const APART = 9;

/** The line from a skill to one that builds on it, as the corners it turns. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly corners: readonly (readonly [x: number, y: number])[];
}

/** The upper left corner of a skill's box. */
export const boxAt = ({ column, row }: Pick<PlacedSkill, 'column' | 'row'>) => ({
  x: column * COLUMN,
  y: row * ROW,
});

/**
 * All lines, each of right angles. Those from one skill run down a lane that is theirs in the gutter beside it; one that goes
 * farther than the next column passes the boxes between through the gap above its row.
 */
export function waysBetween(skills: readonly PlacedSkill[]): readonly Way[] {
  const at = new Map(skills.map((skill) => [skill.name, skill]));
  const lanes = laneOf(skills);
  return skills.flatMap((skill) =>
    skill.needs.flatMap((need, index) => {
      const from = at.get(need);
      if (from === undefined) return [];
      const [start, end] = [boxAt(from), boxAt(skill)];
      const lane = lanes.get(need) ?? start.x + BOX.width;
      const y1 = start.y + BOX.height / 2;
      const y2 = end.y + BOX.height / 2 + (index - (skill.needs.length - 1) / 2) * APART;
      const gap = end.y - GUTTER.down / 2;
      const before = end.x - APART;
      const between: readonly (readonly [number, number])[] =
        skill.column - from.column === 1
          ? [[lane, y2]]
          : [
              [lane, gap],
              [before, gap],
              [before, y2],
            ];
      return [
        {
          from: need,
          to: skill.name,
          corners: [[start.x + BOX.width, y1], [lane, y1], ...between, [end.x, y2]],
        },
      ];
    }),
  );
}

/** Where lines leave a skill's row: a lane for each skill of a column that others build on. */
function laneOf(skills: readonly PlacedSkill[]): ReadonlyMap<string, number> {
  const isNeeded = new Set(skills.flatMap(({ needs }) => needs));
  const lanes = new Map<string, number>();
  for (const column of new Set(skills.map((skill) => skill.column))) {
    const own = skills.filter((skill) => skill.column === column && isNeeded.has(skill.name));
    // The last part of a gutter is kept for what comes from far away.
    const step = (GUTTER.across - 2 * APART) / (own.length + 1);
    for (const [index, skill] of own.entries())
      lanes.set(skill.name, boxAt(skill).x + BOX.width + (index + 1) * step);
  }
  return lanes;
}
