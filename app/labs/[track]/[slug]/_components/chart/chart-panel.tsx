'use client';

import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { type Berths, moor } from '../../../../../_client/lab/chart/berths';
import { courseOf, type Place } from '../../../../../_client/lab/chart/places';
import { summariseCluster } from '../../../../../_client/lab/cluster-summary';
import { useLab } from '../../../../../_client/lab/use-lab';
import { BenchSwitch } from '../bench-switch';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import styles from './chart-panel.module.css';
import { ChartSheet } from './chart-sheet';
import { ObjectDrawer } from './object-drawer';
import { RequestBar } from './request-bar';
import { RequestCourse } from './request-course';
import { useSteps } from './use-steps';

/** The learner's cluster as it is now, and the way of a request through it. */
export function ChartPanel() {
  const panels = usePanels();
  const body = useRef<HTMLDivElement>(null);
  // Drawn in pieces between frames, and the newest only: typing and scrolling come first.
  const objects = useDeferredValue(useLab((state) => state.objects));
  const welcomed = useLab((state) => state.welcomed);
  const way = useLab((state) => state.course);
  const cluster = useMemo(() => summariseCluster(objects), [objects]);
  const berths = useBerths(cluster.pods);
  const { chosen: selected, choose: select } = panels;
  const isSelected = useRef(selected);
  useEffect(() => {
    isSelected.current = selected;
  }, [selected]);
  const onSelect = useCallback(
    (place: Place) => select(place === isSelected.current ? undefined : place),
    [select],
  );
  const course = useMemo(() => (way === undefined ? [] : courseOf(way, cluster.services)), [way, cluster]);
  const steps = useSteps(way);
  const sailed = useMemo(() => course.slice(0, steps.at + 1), [course, steps.at]);
  useEffect(
    () =>
      panels.register('chart', () =>
        body.current?.querySelector<HTMLElement>('button, input, select')?.focus(),
      ),
    [panels],
  );
  return (
    <section className={head.panel} aria-label="Chart" data-panel-name="chart">
      <header className={head.head}>
        <h2 className="visually-hidden">Chart of the cluster</h2>
        <BenchSwitch />
        <span className={head.spring} />
        <Legend />
      </header>
      <div ref={body} className={styles.body}>
        <div className={styles.desk} data-drawer={selected !== undefined || way !== undefined}>
          <ChartSheet
            open={welcomed}
            cluster={cluster}
            berths={berths}
            selected={selected}
            onSelect={onSelect}
            course={sailed}
            lost={way !== undefined && !way.reached && steps.atEnd}
          />
          {selected === undefined ? (
            way === undefined ? null : (
              <RequestCourse way={way} steps={steps} />
            )
          ) : (
            <ObjectDrawer key={selected} place={selected} close={() => select(undefined)} />
          )}
        </div>
        <RequestBar cluster={cluster} onSend={() => select(undefined)} />
      </div>
    </section>
  );
}

/** Berths follow the Pods, and remember. */
function useBerths(pods: Parameters<typeof moor>[1]): Berths {
  const before = useRef<Berths>({});
  return useMemo(() => {
    before.current = moor(before.current, pods);
    return before.current;
  }, [pods]);
}

const SIGNS = [
  ['ready', 'ready'],
  ['starting', 'not ready'],
  ['trouble', 'in trouble'],
] as const;

/** The hulls of the sheet, and what they mean. */
function Legend() {
  return (
    <p className={styles.legend} aria-hidden="true">
      {SIGNS.map(([condition, words]) => (
        <span key={condition} data-condition={condition}>
          <svg viewBox="0 0 20 10" focusable="false" aria-hidden="true">
            <path d="M1 5L6 1H19V9H6Z" />
          </svg>
          {words}
        </span>
      ))}
    </p>
  );
}
