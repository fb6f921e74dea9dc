import { ClusterDiagram } from '../../../_diagram/cluster-diagram';
import type { Scene } from '../../../_diagram/scene';
import { SceneWords } from '../../../_diagram/scene-words';
import { trustedHtml } from '../../../_ui/trusted-html';
import styles from './chapter-diagram.module.css';

/** A diagram of the chapter's own cluster with its caption; the request sails when asked to, and all of it is told in words below. */
export function ChapterDiagram({
  name,
  scene,
  caption,
}: {
  readonly name: string;
  readonly scene: Scene;
  readonly caption: string;
}) {
  const { way } = scene;
  const label = way
    ? `The cluster, and a request from ${way.from} to ${way.host}: ${way.outcome}`
    : 'The cluster as it is here';
  return (
    <figure className={styles.diagram} id={`diagram-${name}`}>
      {way === undefined ? null : (
        <label className={`${styles.travel} screen-only`}>
          <input type="checkbox" />
          <span>Follow the request</span>
        </label>
      )}
      <div className={styles.paper}>
        <ClusterDiagram scene={scene} label={label} />
      </div>
      <figcaption>
        <div {...trustedHtml(caption)} />
        {way === undefined ? null : (
          <p className={styles.outcome} data-reached={way.reached}>
            {way.from.replace(/^t/, 'T')} to {way.host}: {way.outcome}.
          </p>
        )}
      </figcaption>
      <details className={styles.words}>
        <summary>The same in words</summary>
        <SceneWords scene={scene} />
      </details>
    </figure>
  );
}
