import type { ReactNode } from 'react';
import chart from './cluster-diagram.module.css';
import styles from './diagram-legend.module.css';

const HULL = 'M1 8l7-6h17v12h-17z';

/** What the signs of a diagram mean. Whoever cannot see them is told the same in words elsewhere. */
export function DiagramLegend() {
  return (
    <ul className={styles.legend} aria-hidden="true">
      <li>
        <Sign>
          <rect x="1" y="2" width="24" height="12" className={chart.harbour} />
        </Sign>
        Service
      </li>
      <li>
        <Sign>
          <rect x="2" y="0" width="24" height="16" className={chart.land} />
          <path d="M2 0v16" className={chart.quay} data-ready="true" />
        </Sign>
        node
      </li>
      <li>
        <Sign>
          <path d={HULL} className={chart.hull} data-condition="ready" />
        </Sign>
        Pod, ready
      </li>
      <li>
        <Sign>
          <path d={HULL} className={chart.hull} data-condition="starting" />
        </Sign>
        not ready
      </li>
      <li>
        <Sign>
          <path d="M0 8h26" className={chart.rope} data-ready="true" />
        </Sign>
        may answer
      </li>
      <li>
        <Sign>
          <g className={styles.course}>
            <path d="M0 8h26" />
          </g>
        </Sign>
        a request
      </li>
    </ul>
  );
}

function Sign({ children }: { readonly children: ReactNode }) {
  return (
    <svg width="26" height="16" viewBox="0 0 26 16" focusable="false" aria-hidden="true">
      {children}
    </svg>
  );
}
