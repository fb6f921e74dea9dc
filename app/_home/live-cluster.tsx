'use client';

import { ClusterDiagram } from '../_diagram/cluster-diagram';
import type { Scene } from '../_diagram/scene';
import { SceneWords } from '../_diagram/scene-words';
import buttons from '../_ui/button.module.css';
import styles from './live-cluster.module.css';
import { useFrontCluster } from './use-front-cluster';

const SERVICE = 'Service/default/web';
/** A request asks for the name, goes to the Service, and from there to a Pod. */
const RESERVED = { legs: 3, marks: ['dns'] } as const;
const FEWEST = 0;
const MOST = 5;

/** A real cluster on the front page: send a request, delete a Pod, scale, break the selector, and see what happens. */
export function LiveCluster({ begin }: { readonly begin: Scene }) {
  const { state, make, beginAnew } = useFrontCluster(begin);
  const { scene, coming, waiting, said, problem, moves, requests } = state;
  const settled = coming.at(-1)?.scene ?? scene;
  const replicas = replicasOf(moves);
  const broken = moves.findLast((move) => move === 'break' || move === 'mend') === 'break';
  const web = settled.cluster.services.find(({ key }) => key === SERVICE);
  return (
    <section className={styles.live} aria-labelledby="live-title">
      <header className={styles.head}>
        <h2 id="live-title" className="caps">
          A live cluster
        </h2>
        <p>{web === undefined ? '' : `${web.ready.length} of ${replicas} Pods answer for web`}</p>
      </header>
      <fieldset className={styles.controls} disabled={waiting}>
        <legend className="visually-hidden">What to do to it</legend>
        <button
          type="button"
          className={`${buttons.button} ${buttons.primary}`}
          onClick={() => make('request')}
        >
          Send a request
        </button>
        <span className={styles.stepper}>
          <button
            type="button"
            className={buttons.button}
            aria-label="One Pod less"
            disabled={replicas <= FEWEST}
            onClick={() => make(`scale:${replicas - 1}`)}
          >
            −
          </button>
          <output>
            {replicas} {replicas === 1 ? 'replica' : 'replicas'}
          </output>
          <button
            type="button"
            className={buttons.button}
            aria-label="One Pod more"
            disabled={replicas >= MOST}
            onClick={() => make(`scale:${replicas + 1}`)}
          >
            +
          </button>
        </span>
        <button type="button" className={buttons.button} onClick={() => make(broken ? 'mend' : 'break')}>
          {broken ? 'Mend the selector' : 'Break the selector'}
        </button>
        <button
          type="button"
          className={`${buttons.button} ${buttons.quiet}`}
          disabled={moves.length === 0}
          onClick={beginAnew}
        >
          Begin anew
        </button>
      </fieldset>
      <div className={styles.paper} data-travels={requests > 0 ? '' : undefined}>
        <ClusterDiagram
          key={requests}
          scene={scene}
          label="The cluster: press a Pod to delete it"
          reserved={RESERVED}
          onPick={({ name, namespace, condition }) => {
            if (namespace === 'default' && name.startsWith('web-') && condition !== 'leaving' && !waiting)
              make(`delete:${name}`);
          }}
        />
      </div>
      <pre className={styles.said} data-problem={problem !== undefined}>
        {problem ?? (said || 'Press a Pod to delete it. Nothing here can be broken for good.')}
      </pre>
      <p className="visually-hidden" aria-live="polite">
        {problem ?? said}
        {coming.length === 0 && said !== '' && web !== undefined
          ? ` Ready endpoints of web: ${web.ready.length}.`
          : ''}
      </p>
      <details className={styles.words}>
        <summary>The same in words</summary>
        <SceneWords scene={scene} />
      </details>
    </section>
  );
}

/** How many Pods were asked for last; the cluster begins with three. */
function replicasOf(moves: readonly string[]): number {
  const scaled = moves.findLast((move) => move.startsWith('scale:'));
  return scaled === undefined ? 3 : Number(scaled.slice('scale:'.length));
}
