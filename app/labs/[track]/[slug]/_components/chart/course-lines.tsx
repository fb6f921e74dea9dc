'use client';

import { type RefObject, useLayoutEffect, useState } from 'react';
import type { Place } from '../../../../../_client/lab/chart/places';
import type { ClusterSummary, ServiceLine } from '../../../../../_client/lab/cluster-summary';
import styles from './course-lines.module.css';

/** Where a thing on the sheet stands, in px from the sheet's corner. */
interface Mark {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

type Marks = ReadonlyMap<Place, Mark>;

const AROUND_PX = 28;
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

/** From the side of `a` that looks at `b` to the side of `b` that looks at `a`; between neighbours in a column, around them. */
function curve(a: Mark, b: Mark): string {
  const [from, to, way] =
    b.left > a.right ? [a.right, b.left, 1] : b.right < a.left ? [a.left, b.right, -1] : [a.left, b.left, 0];
  const bend = way * Math.max(16, Math.abs(to - from) / 2);
  const [out, into] = way === 0 ? [from - AROUND_PX, to - AROUND_PX] : [from + bend, to - bend];
  return `M${from} ${a.middle}C${out} ${a.middle} ${into} ${b.middle} ${to} ${b.middle}`;
}

/** Where everything stands: measured whenever the cluster or the sheet's size changes. */
function useMarks(sheet: RefObject<HTMLDivElement | null>, cluster: ClusterSummary) {
  const [measured, setMeasured] = useState<{ marks: Marks; width: number; height: number }>({
    marks: new Map(),
    width: 0,
    height: 0,
  });
  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null) return;
    const measure = () => {
      const corner = element.getBoundingClientRect();
      const marks = new Map<Place, Mark>();
      for (const each of element.querySelectorAll<HTMLElement>('[data-place]')) {
        const box = each.getBoundingClientRect();
        marks.set(each.dataset.place ?? '', {
          left: box.left - corner.left,
          right: box.right - corner.left,
          middle: box.top - corner.top + box.height / 2,
        });
      }
      setMeasured({ marks, width: element.clientWidth, height: element.scrollHeight });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [sheet, cluster]);
  return measured;
}
