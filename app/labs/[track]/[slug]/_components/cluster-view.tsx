'use client';

import { memo, useDeferredValue, useMemo } from 'react';
import {
  CONDITION_WORDS,
  type PodLine,
  type ServiceLine,
  summariseCluster,
} from '../../../../_client/lab/cluster-summary';
import { useLab } from '../../../../_client/lab/use-lab';
import styles from './cluster-view.module.css';

function ServiceRow({ service }: { readonly service: ServiceLine }) {
  return (
    <li className={styles.service}>
      <p className={styles.name}>
        {service.name}
        {service.namespace === 'default' ? null : <span> in {service.namespace}</span>}
      </p>
      <p className={styles.facts}>
        {service.type} <code>{service.address}</code> <code>{service.ports}</code>
      </p>
      <p className={styles.berths}>
        {service.ready.length + service.notReady.length === 0 ? (
          <span data-condition="trouble">no endpoints</span>
        ) : null}
        {service.ready.map((address) => (
          <span key={address} data-condition="ready">
            {address}
          </span>
        ))}
        {service.notReady.map((address) => (
          <span key={address} data-condition="starting">
            {address} not ready
          </span>
        ))}
      </p>
    </li>
  );
}

const PodRow = memo(function PodRow({ pod }: { readonly pod: PodLine }) {
  return (
    <li className={styles.pod} data-condition={pod.condition}>
      <svg className={styles.hull} viewBox="0 0 20 10" aria-hidden="true">
        <path d="M1 5L6 1H19V9H6Z" />
      </svg>
      <span className={styles.podName}>{pod.name}</span>
      <span className={styles.podFacts}>
        <span className={styles.condition}>
          {pod.status}, {CONDITION_WORDS[pod.condition]}
        </span>
        <code>{pod.address}</code>
        <span>{pod.node}</span>
      </span>
    </li>
  );
});

/** The cluster as it is now: Services as harbours with their endpoints, Pods at their berths. */
export function ClusterView() {
  const objects = useDeferredValue(useLab((state) => state.objects));
  const { pods, services } = useMemo(() => summariseCluster(objects), [objects]);
  const ready = pods.filter((pod) => pod.condition === 'ready').length;
  return (
    <div className={styles.cluster}>
      <h3>Services</h3>
      <ul>
        {services.map((service) => (
          <ServiceRow key={service.key} service={service} />
        ))}
      </ul>
      <h3>
        Pods{' '}
        <span>
          {ready} of {pods.length} ready
        </span>
      </h3>
      {pods.length === 0 ? <p className={styles.none}>None yet outside kube-system.</p> : null}
      <ul>
        {pods.map((pod) => (
          <PodRow key={pod.key} pod={pod} />
        ))}
      </ul>
    </div>
  );
}
