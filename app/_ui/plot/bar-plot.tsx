import { scaleBand, scaleLinear } from 'd3-scale';
import styles from './bar-plot.module.css';

const WIDTH = 320;
const HEIGHT = 120;
const LEFT = 26;
const BOTTOM = 28;
const TOP = 6;
/** One bar alone is no wider than one of several. */
const WIDEST_BAR = 48;

/** Bars over a few words or numbers, drawn on the server; a table beside it tells the same. */
export function BarPlot({
  title,
  bars,
  across,
  up,
}: {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
  readonly across: string;
  readonly up: string;
}) {
  const x = scaleBand()
    .domain(bars.map(({ label }) => label))
    .range([LEFT, WIDTH])
    .padding(0.25);
  const barWidth = Math.min(x.bandwidth(), WIDEST_BAR);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...bars.map(({ value }) => value))])
    .nice(4)
    .range([HEIGHT - BOTTOM, TOP]);
  const ticks = y.ticks(4).filter(Number.isInteger);
  return (
    <figure className={styles.figure}>
      <figcaption>{title}</figcaption>
      {bars.length === 0 ? (
        <p>Nothing to show yet.</p>
      ) : (
        <>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.plot} aria-hidden="true">
            {ticks.map((tick) => (
              <g key={tick}>
                <line className={styles.line} x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} />
                <text className={styles.tick} x={LEFT - 6} y={y(tick) + 3} textAnchor="end">
                  {tick}
                </text>
              </g>
            ))}
            {bars.map(({ label, value }) => (
              <g key={label}>
                <rect
                  className={styles.bar}
                  x={(x(label) ?? 0) + (x.bandwidth() - barWidth) / 2}
                  y={y(value)}
                  width={barWidth}
                  height={y(0) - y(value)}
                />
                <text
                  className={styles.tick}
                  x={(x(label) ?? 0) + x.bandwidth() / 2}
                  y={HEIGHT - BOTTOM + 12}
                  textAnchor="middle"
                >
                  {label}
                </text>
              </g>
            ))}
            <text className={styles.tick} x={WIDTH} y={HEIGHT - 2} textAnchor="end">
              {across}
            </text>
          </svg>
          <table className="visually-hidden">
            <caption>{title}</caption>
            <thead>
              <tr>
                <th scope="col">{across}</th>
                <th scope="col">{up}</th>
              </tr>
            </thead>
            <tbody>
              {bars.map(({ label, value }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </figure>
  );
}
