'use client';

import { memo, useRef } from 'react';
import type { Berths } from '../../../../../_client/lab/chart/berths';
import type { Place } from '../../../../../_client/lab/chart/places';
import {
  type ClusterSummary,
  CONDITION_WORDS,
  type NodeLine,
  type PodLine,
  type ServiceLine,
} from '../../../../../_client/lab/cluster-summary';
import styles from './chart-sheet.module.css';
import { CourseLines } from './course-lines';

/** With more Pods than this their names no longer fit; hulls are drawn, and names are told on the way. */
const NAMED_PODS = 24;

interface Choice {
  readonly selected: Place | undefined;
  readonly onSelect: (place: Place) => void;
}

/** The sheet of the chart: whoever is outside, the Services, and the nodes with their Pods. */
export const ChartSheet = memo(function ChartSheet({
  open,
  cluster,
  berths,
  course,
  lost,
  ...choice
}: Choice & {
  /** The cluster is there, empty or not. */
  readonly open: boolean;
  readonly cluster: ClusterSummary;
  readonly berths: Berths;
  /** Where the drawn request has been so far. */
  readonly course: readonly Place[];
  /** It ended without an answer. */
  readonly lost: boolean;
}) {
  const sheet = useRef<HTMLDivElement>(null);
  const { nodes, pods, services } = cluster;
  const unbound = pods.filter(({ node }) => node === '');
  const byKey = new Map(pods.map((pod) => [pod.key, pod]));
  return (
    <div className={styles.frame}>
      <div ref={sheet} className={styles.sheet} data-dense={pods.length > NAMED_PODS}>
        <CourseLines sheet={sheet} cluster={cluster} selected={choice.selected} course={course} lost={lost} />
        <div className={styles.outside}>
          <p className={styles.water} data-place="internet">
            the internet
          </p>
          <p className={styles.water} data-place="office">
            the office
          </p>
        </div>
        <div className={styles.harbours}>
          <h3>Services</h3>
          <ul>
            {services.map((service) => (
              <li key={service.key}>
                <Harbour service={service} {...choice} />
              </li>
            ))}
            <li>
              <button type="button" className={styles.dns} data-place="dns" {...pressed('dns', choice)}>
                DNS <code>kube-dns</code>
              </button>
            </li>
          </ul>
        </div>
        <div className={styles.quays}>
          <h3>Nodes and their Pods</h3>
          {nodes.map((node) => (
            <Quay key={node.name} node={node} berths={berths[node.name] ?? []} pods={byKey} {...choice} />
          ))}
          {nodes.length === 0 && unbound.length === 0 ? (
            <p className={styles.none}>
              {open
                ? 'There is no node: Pods have nowhere to run.'
                : 'Nodes come here as soon as your cluster is open, each with its Pods.'}
            </p>
          ) : null}
          {unbound.length === 0 ? null : (
            <section className={styles.quay} data-ready="false">
              <p className={styles.node}>On no node yet</p>
              <ul className={styles.berths}>
                {unbound.map((pod) => (
                  <li key={pod.key}>
                    <Berth pod={pod} chosen={choice.selected === pod.key} onSelect={choice.onSelect} />
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </div>
  );
});

function pressed(place: Place, { selected, onSelect }: Choice) {
  return { 'aria-pressed': selected === place, onClick: () => onSelect(place) };
}

function Harbour({ service, ...choice }: Choice & { readonly service: ServiceLine }) {
  const { namespace, name, type, address, ports, ready, notReady, outside } = service;
  const total = ready.length + notReady.length;
  return (
    <button
      type="button"
      className={styles.harbour}
      data-place={service.key}
      {...pressed(service.key, choice)}
    >
      <b>
        {name}
        {namespace === 'default' ? null : <small> in {namespace}</small>}
      </b>
      <span>
        <em>{type}</em> <code>{type === 'ExternalName' ? outside[0] : address}</code>
      </span>
      {ports === '' ? null : <code className={styles.sounding}>{ports}</code>}
      {type === 'ExternalName' ? null : (
        <span data-condition={total === 0 ? 'trouble' : notReady.length > 0 ? 'starting' : 'ready'}>
          {total === 0 ? 'no endpoints' : `${ready.length} of ${total} endpoints ready`}
        </span>
      )}
      {type === 'LoadBalancer' ? (
        <span data-condition={outside.length === 0 ? 'starting' : 'ready'}>
          {outside[0] ?? 'address pending'}
        </span>
      ) : null}
    </button>
  );
}

function Quay({
  node,
  berths,
  pods,
  ...choice
}: Choice & {
  readonly node: NodeLine;
  readonly berths: readonly (string | undefined)[];
  readonly pods: ReadonlyMap<string, PodLine>;
}) {
  const place = `node/${node.name}`;
  const lying = berths.map((key) => (key === undefined ? undefined : pods.get(key)));
  return (
    <section className={styles.quay} data-ready={node.ready}>
      <button type="button" className={styles.node} data-place={place} {...pressed(place, choice)}>
        {node.name} <code>{node.address}</code>
        {node.zone === '' ? null : <small>{node.zone}</small>}
        {node.ready ? null : <small data-condition="trouble">NotReady</small>}
        {node.cordoned ? <small data-condition="starting">cordoned</small> : null}
      </button>
      {lying.length === 0 ? null : (
        <ul className={styles.berths}>
          {lying.map((pod, index) => (
            <li key={pod?.key ?? `free-${index}`}>
              {pod === undefined ? (
                <span className={styles.free} />
              ) : (
                <Berth pod={pod} chosen={choice.selected === pod.key} onSelect={choice.onSelect} />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Drawn again only when its own Pod changes: a rollout of many changes a few at a time. */
const Berth = memo(function Berth({
  pod,
  chosen,
  onSelect,
}: {
  readonly pod: PodLine;
  readonly chosen: boolean;
  readonly onSelect: (place: Place) => void;
}) {
  const where = pod.namespace === 'default' ? pod.name : `${pod.name} in ${pod.namespace}`;
  return (
    <button
      type="button"
      className={styles.berth}
      data-condition={pod.condition}
      data-place={pod.key}
      title={`${where}, ${pod.status}, ${CONDITION_WORDS[pod.condition]}`}
      aria-pressed={chosen}
      onClick={() => onSelect(pod.key)}
    >
      <svg viewBox="0 0 20 10" aria-hidden="true">
        <path d="M1 5L6 1H19V9H6Z" />
      </svg>
      <span className={styles.name}>{pod.name}</span>
      <small>
        {pod.condition === 'ready' ? pod.address : pod.status}
        <span className="visually-hidden">, {CONDITION_WORDS[pod.condition]}</span>
      </small>
    </button>
  );
});
