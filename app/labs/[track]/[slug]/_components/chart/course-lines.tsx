'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Place } from '../../../../../_client/lab/chart/places';
import type { ClusterSummary, ServiceLine } from '../../../../../_client/lab/cluster-summary';
import styles from './course-lines.module.css';

/** Where a thing on the sheet stands, in px from the sheet's corner. */
interface Mark {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly middle: number;
  /** Where the row begins in which it lies, for a Pod: the way to it leads along the row, above whoever lies before it. */
  readonly row?: number | undefined;
}

type Marks = ReadonlyMap<Place, Mark>;

const AROUND_PX = 28;
/** The middle of the gap between two rows of berths, seen from the lower one. */
const GAP_PX = 2;
/** From a berth's side to the middle of its hull. */
const HULL_PX = 14;
/** More lines than this hide each other; then only those of what is selected are drawn. */
const MOST_LINES = 80;

/** The lines of the chart: which endpoints stand behind a Service, and the course of a request. */
export function CourseLines({
  sheet,
  cluster,
  selected,
  course,
  lost,
}: {
  readonly sheet: RefObject<HTMLDivElement | null>;
  readonly cluster: ClusterSummary;
  readonly selected: Place | undefined;
  readonly course: readonly Place[];
  readonly lost: boolean;
}) {
  const { marks, width, height } = useMarks(sheet, cluster);
  const lines = linesOf(cluster).filter(
    ({ from, to }, _index, all) => all.length <= MOST_LINES || from === selected || to === selected,
  );
  const stops = course.filter((place, index) => marks.has(place) && place !== course[index - 1]);
  const here = marks.get(stops.at(-1) ?? '');
  return (
    <svg className={styles.lines} width={width} height={height} aria-hidden="true">
      {lines.map(({ from, to, kind }) => {
        const [a, b] = [marks.get(from), marks.get(to)];
        return a && b ? (
          <path
            key={`${from} ${to}`}
            d={curve(a, b)}
            data-kind={kind}
            data-chosen={selected !== undefined && (from === selected || to === selected)}
          />
        ) : null;
      })}
      {stops.slice(1).map((place, index) => {
        const [a, b] = [marks.get(stops[index] ?? ''), marks.get(place)];
        return a && b ? <path key={`${index} ${place}`} d={curve(a, b)} className={styles.course} /> : null;
      })}
      {here ? (
        <g className={styles.boat} style={{ transform: `translate(${here.left - 9}px, ${here.middle}px)` }}>
          {lost ? <path className={styles.wreck} d="M-6 -6L6 6M6 -6L-6 6" /> : <circle r="5.5" />}
        </g>
      ) : null}
    </svg>
  );
}

interface Line {
  readonly from: Place;
  readonly to: Place;
  readonly kind: 'ready' | 'starting' | 'door';
}

function linesOf({ services, nodes }: ClusterSummary): readonly Line[] {
  return services.flatMap((service) => [
    ...doorsOf(service),
    ...service.endpoints.flatMap(({ address, ready, pod }): readonly Line[] => {
      const node = nodes.find((each) => each.address === address);
      const to = pod ?? (node && `node/${node.name}`);
      return to === undefined ? [] : [{ from: service.key, to, kind: ready ? 'ready' : 'starting' }];
    }),
  ]);
}

/** Which outsiders a Service lets in by its type. */
function doorsOf({ key, type, outside }: ServiceLine): readonly Line[] {
  const doors: Line[] = [];
  if (type === 'NodePort' || type === 'LoadBalancer') doors.push({ from: 'office', to: key, kind: 'door' });
  if (type === 'LoadBalancer' && outside.length > 0) doors.push({ from: 'internet', to: key, kind: 'door' });
  return doors;
}

/**
 * From the side of `a` that looks at `b` to the side of `b` that looks at `a`; between neighbours in a column, and between Pods,
 * around them. No line crosses a word: what lies behind others is reached through the gap above its row.
 */
function curve(a: Mark, b: Mark): string {
  const pods = a.row !== undefined && b.row !== undefined;
  const way = !pods && b.left > a.right ? 1 : !pods && b.right < a.left ? -1 : 0;
  const [from, out] = way === 1 ? [{ x: a.right, y: a.middle }, `M${a.right} ${a.middle}`] : leave(a);
  const [to, into] = way === -1 ? [{ x: b.right, y: b.middle }, ''] : arrive(b);
  const bend = way === 0 ? AROUND_PX : Math.max(16, Math.abs(to.x - from.x) / 2);
  const x1 = way === 1 ? from.x + bend : from.x - bend;
  const x2 = way === -1 ? to.x + bend : to.x - bend;
  return `${out}C${x1} ${from.y} ${x2} ${to.y} ${to.x} ${to.y}${into}`;
}

const lies = (mark: Mark): boolean => mark.row !== undefined && mark.row < mark.left - 1;

/** Out of a mark by its left side, or by the gap above its row. */
function leave(mark: Mark): [{ x: number; y: number }, string] {
  const { left, top, middle, row = left } = mark;
  if (!lies(mark)) return [{ x: left, y: middle }, `M${left} ${middle}`];
  const y = top - GAP_PX;
  return [{ x: row, y }, `M${left + HULL_PX} ${top}V${y}H${row}`];
}

/** The same, into it. */
function arrive(mark: Mark): [{ x: number; y: number }, string] {
  const { left, top, middle, row = left } = mark;
  if (!lies(mark)) return [{ x: left, y: middle }, ''];
  return [{ x: row, y: top - GAP_PX }, `H${left + HULL_PX}V${top}`];
}

interface Measured {
  readonly marks: Marks;
  readonly width: number;
  readonly height: number;
}

function measureSheet(sheet: HTMLElement): Measured {
  const corner = sheet.getBoundingClientRect();
  const marks = new Map<Place, Mark>();
  for (const each of sheet.querySelectorAll<HTMLElement>('[data-place]')) {
    const box = each.getBoundingClientRect();
    marks.set(each.dataset.place ?? '', {
      left: box.left - corner.left,
      right: box.right - corner.left,
      top: box.top - corner.top,
      row: rowOf(each, corner.left),
      middle: box.top - corner.top + box.height / 2,
    });
  }
  return { marks, width: sheet.clientWidth, height: sheet.scrollHeight };
}

/** Where the list begins in which a Pod lies. */
function rowOf(berth: HTMLElement, corner: number): number | undefined {
  const list = berth.dataset.place?.startsWith('Pod/') ? berth.closest('ul') : null;
  return list === null ? undefined : list.getBoundingClientRect().left - corner;
}

/** Nothing has moved: most changes of a cluster are changes of colour. */
function isSame(before: Measured, next: Measured): boolean {
  if (before.width !== next.width || before.height !== next.height) return false;
  if (before.marks.size !== next.marks.size) return false;
  return [...next.marks].every(([place, { left, right, middle, row }]) => {
    const mark = before.marks.get(place);
    return mark?.left === left && mark.right === right && mark.middle === middle && mark.row === row;
  });
}

/** Where everything stands: measured whenever the cluster or the sheet's size changes. */
function useMarks(sheet: RefObject<HTMLDivElement | null>, cluster: ClusterSummary) {
  const [measured, setMeasured] = useState<Measured>({ marks: new Map(), width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null) return;
    const measure = () => {
      const next = measureSheet(element);
      setMeasured((before) => (isSame(before, next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [sheet, cluster]);
  return measured;
}
