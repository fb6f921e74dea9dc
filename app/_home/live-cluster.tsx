import { ClusterDiagram, type WayToPod } from '../_diagram/cluster-diagram';
import { DiagramLegend } from '../_diagram/diagram-legend';
import type { Scene } from '../_diagram/scene';
import { SceneWords } from '../_diagram/scene-words';
import buttons from '../_ui/button.module.css';
import { ANEW, type FrontView, writeMoves } from './front-view';
import styles from './live-cluster.module.css';

const SERVICE = 'Service/default/web';
/** A request asks for the name, goes to the Service, and from there to a Pod. */
const RESERVED = { legs: 3, marks: ['dns'] } as const;
const FEWEST = 0;
const MOST = 5;

function Paper({ scene, wayTo }: { readonly scene: Scene; readonly wayTo: WayToPod }) {
  return (
    <ClusterDiagram
      scene={scene}
      label="The cluster: press a Pod to delete it"
      reserved={RESERVED}
      wayTo={wayTo}
    />
  );
}

/**
 * A real cluster on the front page: send a request, delete a Pod, scale, break the selector, and see what happens. Each move is
 * an address, so it works without script; with it (`_document/live-cluster.ts`) the page stays, and what happens is shown moment
 * by moment.
 */
export function LiveCluster({ view, moments }: { readonly view: FrontView; readonly moments: boolean }) {
  const { moves, scenes, said, problem } = view;
  const scene = scenes[scenes.length - 1] as Scene;
  const replicas = replicasOf(moves);
  const broken = moves.findLast((move) => move === 'break' || move === 'mend') === 'break';
  const web = scene.cluster.services.find(({ key }) => key === SERVICE);
  const answering = web === undefined ? '' : `${web.ready.length} of ${replicas} Pods answer for web`;
  const wayTo: WayToPod = ({ name, namespace, condition }) =>
    namespace === 'default' && name.startsWith('web-') && condition !== 'leaving'
      ? {
          href: `/?${new URLSearchParams({ moves: writeMoves(moves), move: `delete:${name}` })}`,
          does: 'delete it',
        }
      : undefined;
  return (
    <section className={styles.live} aria-labelledby="live-title" data-live>
      <header className={styles.head}>
        <h2 id="live-title" className="caps">
          A live cluster
        </h2>
        <p data-part="answering">{answering}</p>
      </header>
      <form className={styles.controls} action="/" method="get" aria-label="What to do to it">
        <input type="hidden" name="moves" value={writeMoves(moves)} data-key="moves" />
        <button
          type="submit"
          name="move"
          value="request"
          className={`${buttons.button} ${buttons.primary}`}
          data-key="request"
        >
          Send a request
        </button>
        <span className={styles.stepper}>
          <button
            type="submit"
            name="move"
            value={`scale:${replicas - 1}`}
            className={buttons.button}
            aria-label="One Pod less"
            disabled={replicas <= FEWEST}
            data-key="less"
          >
            −
          </button>
          <output data-part="replicas">{replicas === 1 ? '1 replica' : `${replicas} replicas`}</output>
          <button
            type="submit"
            name="move"
            value={`scale:${replicas + 1}`}
            className={buttons.button}
            aria-label="One Pod more"
            disabled={replicas >= MOST}
            data-key="more"
          >
            +
          </button>
        </span>
        <button
          type="submit"
          name="move"
          value={broken ? 'mend' : 'break'}
          className={buttons.button}
          data-key="selector"
        >
          {broken ? 'Mend the selector' : 'Break the selector'}
        </button>
        <button
          type="submit"
          name="move"
          value={ANEW}
          className={`${buttons.button} ${buttons.quiet}`}
          disabled={moves.length === 0}
          data-key="anew"
        >
          Begin anew
        </button>
      </form>
      <div className={styles.paper} data-part="paper" data-travels={scene.way === undefined ? undefined : ''}>
        <Paper scene={scene} wayTo={wayTo} />
      </div>
      <div className={styles.legend}>
        <DiagramLegend />
      </div>
      {moments
        ? scenes.slice(0, -1).map((moment, index) => (
            <template key={index} data-moment>
              <Paper scene={moment} wayTo={wayTo} />
            </template>
          ))
        : null}
      <pre className={styles.said} data-part="said" data-problem={problem !== undefined}>
        {problem ?? (said || 'Press a Pod to delete it. Nothing here can be broken for good.')}
      </pre>
      <p className="visually-hidden" aria-live="polite" data-part="announced">
        {problem ?? (said === '' ? '' : `${said} ${answering}.`)}
      </p>
      <details className={styles.words}>
        <summary>The same in words</summary>
        <div data-part="words">
          <SceneWords scene={scene} />
        </div>
      </details>
    </section>
  );
}

/** How many Pods were asked for last; the cluster begins with three. */
function replicasOf(moves: readonly string[]): number {
  const scaled = moves.findLast((move) => move.startsWith('scale:'));
  return scaled === undefined ? 3 : Number(scaled.slice('scale:'.length));
}
