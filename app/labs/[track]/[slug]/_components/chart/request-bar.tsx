'use client';

import { type FormEvent, useId, useState } from 'react';
import type { Vantage } from '../../../../../../lib/api';
import { parseTarget } from '../../../../../_client/lab/chart/parse-target';
import type { ClusterSummary } from '../../../../../_client/lab/cluster-summary';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import styles from './request-bar.module.css';

/** Sends a request from a place of one's choice, on a copy of the cluster, to be drawn. */
export function RequestBar({
  cluster,
  onSend,
}: {
  readonly cluster: ClusterSummary;
  readonly onSend: () => void;
}) {
  const link = useLabLink();
  const ids = { from: useId(), to: useId(), list: useId(), problem: useId() };
  const connected = useLab((state) => state.connection.phase === 'open');
  const sending = useLab((state) => state.pending.course !== undefined);
  const pods = cluster.pods.filter(({ condition }) => condition === 'ready');
  const [chosen, setChosen] = useState<string>();
  const [target, setTarget] = useState('');
  const [problem, setProblem] = useState<string>();
  const from = chosen ?? (pods[0] === undefined ? 'office' : pods[0].key);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const to = parseTarget(target);
    if ('problem' in to) return setProblem(to.problem);
    setProblem(undefined);
    onSend();
    link.sendRequest(to, vantageOf(from));
  };
  return (
    <form className={styles.bar} onSubmit={send} noValidate>
      <label htmlFor={ids.from}>From</label>
      <select id={ids.from} value={from} onChange={(event) => setChosen(event.target.value)}>
        <option value="office">the office (admin machine)</option>
        <option value="internet">the internet</option>
        <optgroup label="Nodes">
          {cluster.nodes.map(({ name }) => (
            <option key={name} value={`node/${name}`}>
              {name}
            </option>
          ))}
        </optgroup>
        {pods.length === 0 ? null : (
          <optgroup label="Pods">
            {pods.map(({ key, name, namespace }) => (
              <option key={key} value={key}>
                {namespace === 'default' ? name : `${name} (${namespace})`}
              </option>
            ))}
          </optgroup>
        )}
      </select>
      <label htmlFor={ids.to}>to</label>
      <input
        id={ids.to}
        list={ids.list}
        value={target}
        placeholder="web-service:80/"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : ids.problem}
        onChange={(event) => setTarget(event.target.value)}
      />
      <datalist id={ids.list}>
        {cluster.services.map(({ key, name, namespace, ports }) => (
          <option
            key={key}
            value={`${namespace === 'default' ? name : `${name}.${namespace}`}:${/^\d+/.exec(ports)?.[0] ?? 80}`}
          />
        ))}
      </datalist>
      <button type="submit" className={buttons.button} disabled={!connected} aria-busy={sending}>
        Send a request
      </button>
      {problem === undefined ? null : (
        <p id={ids.problem} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function vantageOf(place: string): Vantage {
  const [what, first = '', second = ''] = place.split('/');
  if (what === 'Pod') return { kind: 'pod', namespace: first, name: second };
  if (what === 'node') return { kind: 'node', name: first };
  return { kind: what === 'internet' ? 'internet' : 'office' };
}
