import { titleOf } from '../../_ui/title-of';
import type { PlacedSkill } from './lay-out';
import styles from './skill-graph.module.css';
import { BOX, boxAt, type Way, waysBetween } from './ways';

/** Room for the frames' own lines. */
const EDGE = 1;
/** How round a line's turns are. */
const TURN = 5;

/** Skills from left to right, each joined to what it needs. The list below the picture says the same in words. */
export function SkillGraph({
  skills,
  known,
}: {
  readonly skills: readonly PlacedSkill[];
  readonly known: ReadonlySet<string>;
}) {
  const ways = waysBetween(skills);
  const corners = skills.map(boxAt);
  const width = Math.max(0, ...corners.map(({ x }) => x)) + BOX.width + 2 * EDGE;
  const height = Math.max(0, ...corners.map(({ y }) => y)) + BOX.height + 2 * EDGE;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Skills map, the list below says the same">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="presentation">
        <g transform={`translate(${EDGE} ${EDGE})`}>
          {skills.map((skill) => {
            const { name } = skill;
            const { x, y } = boxAt(skill);
            return (
              // With its lines, which stand out together with it.
              <g key={name} className={styles.skill} data-known={known.has(name) ? '' : undefined}>
                {ways.map((way) =>
                  way.to === name ? <path key={way.from} className={styles.way} d={drawn(way)} /> : null,
                )}
                <a href={`#${name}`} aria-label={titleOf(name)}>
                  <rect x={x} y={y} width={BOX.width} height={BOX.height} rx={2} />
                  <text
                    x={x + BOX.width / 2}
                    y={y + BOX.height / 2}
                    dominantBaseline="central"
                    textAnchor="middle"
                  >
                    {titleOf(name)}
                  </text>
                </a>
              </g>
            );
          })}
        </g>
      </svg>
    </section>
  );
}

/** A line through its corners, each of them rounded. */
function drawn({ corners }: Way): string {
  return corners
    .map(([x, y], index) => {
      const before = corners[index - 1];
      const after = corners[index + 1];
      if (before === undefined) return `M${x} ${y}`;
      if (after === undefined) return `L${x} ${y}`;
      const [fromX, fromY] = towards([x, y], before);
      const [toX, toY] = towards([x, y], after);
      return `L${fromX} ${fromY}Q${x} ${y} ${toX} ${toY}`;
    })
    .join('');
}

/** A point a turn's length from a corner, or half way where the next one is nearer. */
function towards([x, y]: readonly [number, number], [toX, toY]: readonly [number, number]) {
  const length = Math.abs(toX - x) + Math.abs(toY - y);
  const share = length === 0 ? 0 : Math.min(TURN, length / 2) / length;
  return [x + (toX - x) * share, y + (toY - y) * share] as const;
}
