import { titleOf } from '../../_ui/title-of';
import type { PlacedSkill } from './lay-out';
import styles from './skill-graph.module.css';

const WIDTH = 168;
const HEIGHT = 44;
const COLUMN = WIDTH + 56;
const ROW = HEIGHT + 16;
/** Room for the frame's own line. */
const EDGE = 1;

/** Skills from left to right, each joined to what it needs. The list below the picture says the same in words. */
export function SkillGraph({
  skills,
  known,
}: {
  readonly skills: readonly PlacedSkill[];
  readonly known: ReadonlySet<string>;
}) {
  const width = (Math.max(0, ...skills.map(({ column }) => column)) + 1) * COLUMN - 56 + 2 * EDGE;
  const height = (Math.max(0, ...skills.map(({ row }) => row)) + 1) * ROW - 16 + 2 * EDGE;
  const at = new Map(skills.map((skill) => [skill.name, skill]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label="Skills map, the list below says the same">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="presentation">
        {skills.flatMap((skill) =>
          skill.needs.map((need) => {
            const from = at.get(need);
            return from ? (
              <path key={`${need} ${skill.name}`} className={styles.way} d={way(from, skill)} />
            ) : null;
          }),
        )}
        {skills.map(({ name, column, row }) => (
          <a key={name} href={`#${name}`} aria-label={titleOf(name)}>
            <g
              className={styles.skill}
              data-known={known.has(name) ? '' : undefined}
              transform={`translate(${column * COLUMN + EDGE} ${row * ROW + EDGE})`}
            >
              <rect width={WIDTH} height={HEIGHT} rx={2} />
              <text x={WIDTH / 2} y={HEIGHT / 2} dominantBaseline="central" textAnchor="middle">
                {titleOf(name)}
              </text>
            </g>
          </a>
        ))}
      </svg>
    </section>
  );
}

function way(from: PlacedSkill, to: PlacedSkill): string {
  const [x1, y1] = [from.column * COLUMN + WIDTH + EDGE, from.row * ROW + HEIGHT / 2 + EDGE];
  const [x2, y2] = [to.column * COLUMN + EDGE, to.row * ROW + HEIGHT / 2 + EDGE];
  const bend = Math.min(40, (x2 - x1) / 2);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
