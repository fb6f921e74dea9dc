import { CONDITION_WORDS } from '../_client/lab/cluster-summary';
import styles from './cluster-diagram.module.css';
import {
  type DrawnBerth,
  type DrawnHarbour,
  type DrawnLeg,
  type DrawnQuay,
  layOutScene,
  type Reserved,
} from './lay-out-scene';
import type { Scene } from './scene';

/** How wide the paper is on a page and on a phone, in the drawing's own pixels. */
const PAPERS = [
  { width: 608, className: styles.wide },
  { width: 352, className: styles.narrow },
] as const;
/** About as wide as a letter of the mono is at its size. */
const LETTER = 6.9;

/** "Pod/shop/web-1" as it is shown: the namespace only where it is not `default`. */
const shownName = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  namespace === 'default' || namespace === '' ? name : `${namespace}/${name}`;

/** Cut in the middle: both a Deployment's name and what tells its Pods apart are kept. */
function fitted(text: string, width: number): string {
  const room = Math.floor(width / LETTER);
  if (text.length <= room) return text;
  const tail = Math.min(7, Math.floor(room / 2));
  return `${text.slice(0, room - tail - 1)}…${text.slice(-tail)}`;
}

function Berth({ berth, wayTo }: { readonly berth: DrawnBerth; readonly wayTo?: WayToPod | undefined }) {
  const { pod, x, y, width, height } = berth;
  const side = pod.condition === 'ready' ? pod.address : `${pod.status}`;
  const room = width - 40 - side.length * LETTER - 8;
  const way = wayTo?.(pod);
  const body = (
    <>
      {way === undefined ? null : (
        <rect x={x - 4} y={y + 1} width={width + 8} height={height - 2} className={styles.target} />
      )}
      <path
        d={`M${x} ${y + height / 2}l7-6h17v12h-17z`}
        className={styles.hull}
        data-condition={pod.condition}
      />
      <text x={x + 32} y={y + height / 2 + 4}>
        {fitted(shownName(pod), room)}
      </text>
      <text x={x + width} y={y + height / 2 + 4} textAnchor="end" className={styles.side}>
        {side}
      </text>
    </>
  );
  if (way === undefined) return <g>{body}</g>;
  return (
    <a
      className={styles.pick}
      href={way.href}
      rel="nofollow"
      data-key={pod.key}
      aria-label={`${pod.name}, ${CONDITION_WORDS[pod.condition]}: ${way.does}`}
    >
      {body}
    </a>
  );
}

/** Where pressing a Pod's berth leads and what that does to it; undefined for a Pod that cannot be pressed. */
export type WayToPod = (
  pod: DrawnBerth['pod'],
) => { readonly href: string; readonly does: string } | undefined;

function Quay({ quay, wayTo }: { readonly quay: DrawnQuay; readonly wayTo?: WayToPod | undefined }) {
  const { node, x, y, width, height, berths } = quay;
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} className={styles.land} />
      <path d={`M${x} ${y}v${height}`} className={styles.quay} data-ready={node?.ready ?? false} />
      <text x={x + 10} y={y + 17} className={styles.caps}>
        {node === undefined ? 'ON NO NODE' : node.name.toUpperCase()}
      </text>
      <text x={x + width - 8} y={y + 17} textAnchor="end" className={styles.side}>
        {node?.ready === false ? 'not ready' : (node?.address ?? '')}
      </text>
      {berths.map((berth) => (
        <Berth key={berth.place} berth={berth} wayTo={wayTo} />
      ))}
    </g>
  );
}

/** "headless", "alias of example.com", or the address with its ports. */
function soundings({ type, address, ports, outside }: DrawnHarbour['service']): string {
  if (type === 'ExternalName') return `→ ${outside.join(', ')}`;
  return `${address === 'None' ? 'headless' : address} ${ports}`;
}

function Harbour({ harbour }: { readonly harbour: DrawnHarbour }) {
  const { service, x, y, width, height } = harbour;
  const type = service.type === 'ClusterIP' ? 'ClusterIP' : service.type;
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} className={styles.harbour} />
      <text x={x + 10} y={y + 19} className={styles.name}>
        {fitted(shownName(service), width - 28 - type.length * LETTER)}
      </text>
      <text x={x + width - 10} y={y + 19} textAnchor="end" className={styles.note}>
        {type}
      </text>
      <text x={x + 10} y={y + 36} className={styles.side}>
        {fitted(soundings(service), width - 18)}
      </text>
    </g>
  );
}

function Leg({ leg, index }: { readonly leg: DrawnLeg; readonly index: number }) {
  return (
    <g className={styles.leg} style={{ ['--leg' as string]: index }}>
      <path d={leg.d} data-query={leg.query} pathLength={1} />
      <circle cx={leg.x} cy={leg.y} r={7.5} />
      <text x={leg.x} y={leg.y + 3.75} textAnchor="middle">
        {index + 1}
      </text>
    </g>
  );
}

/**
 * A cluster as a chart: Services as harbours, nodes as quays, Pods at berths, and a request's course through them. It is a
 * picture; whoever shows it tells the same in words (`SceneWords`) and names it.
 */
export function ClusterDiagram({
  scene,
  label,
  reserved,
  wayTo,
}: {
  readonly scene: Scene;
  readonly label: string;
  readonly reserved?: Reserved | undefined;
  readonly wayTo?: WayToPod | undefined;
}) {
  return (
    <>
      {PAPERS.map(({ width, className }) => {
        const drawing = layOutScene(scene, width, reserved);
        return (
          <svg
            key={width}
            className={`${styles.chart} ${className}`}
            viewBox={`0 0 ${drawing.width} ${drawing.height}`}
            width={drawing.width}
            height={drawing.height}
            role={wayTo === undefined ? 'img' : 'group'}
            aria-label={label}
          >
            {drawing.quays.map((quay) => (
              <Quay key={quay.place} quay={quay} wayTo={wayTo} />
            ))}
            {drawing.harbours.map((harbour) => (
              <Harbour key={harbour.place} harbour={harbour} />
            ))}
            {drawing.marks.map((mark) => (
              <g key={mark.place}>
                <rect x={mark.x} y={mark.y} width={mark.width} height={mark.height} className={styles.mark} />
                <text x={mark.x + 10} y={mark.y + 18} className={styles.note}>
                  {mark.text}
                </text>
              </g>
            ))}
            {drawing.ropes.map(({ key, d, ready }) => (
              <path key={key} d={d} className={styles.rope} data-ready={ready} />
            ))}
            {drawing.legs.map((leg, index) => (
              <Leg key={index} leg={leg} index={index} />
            ))}
            {drawing.end === undefined ? null : (
              <circle
                cx={drawing.end.x}
                cy={drawing.end.y}
                r={4}
                className={styles.end}
                data-reached={scene.way?.reached ?? false}
                style={{ ['--leg' as string]: drawing.legs.length }}
              />
            )}
          </svg>
        );
      })}
    </>
  );
}
