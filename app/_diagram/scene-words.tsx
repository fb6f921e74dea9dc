import { CONDITION_WORDS } from '../_client/lab/cluster-summary';
import type { Scene } from './scene';
import styles from './scene-words.module.css';

const named = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  namespace === 'default' ? name : `${namespace}/${name}`;

const listed = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** What a diagram shows, in words: the request hop by hop, then every Service and node. */
export function SceneWords({ scene: { cluster, way } }: { readonly scene: Scene }) {
  return (
    <div className={styles.words}>
      {way === undefined ? null : (
        <>
          <p>
            From {way.from} to <code>{`${way.host}:${way.port}`}</code>: {way.outcome}.
          </p>
          <ol>
            {way.trace.map((hop, index) => (
              <li key={index}>
                <b>{hop.at}</b> {hop.effect}
                {hop.detail === undefined ? null : <small>{hop.detail}</small>}
                {hop.rule === '' ? null : <code>{hop.rule}</code>}
              </li>
            ))}
          </ol>
        </>
      )}
      <dl>
        {cluster.services.map((service) => (
          <div key={service.key}>
            <dt>
              Service {named(service)} <small>{service.type}</small>
            </dt>
            <dd>
              {service.type === 'ExternalName' ? null : `${service.address} ${service.ports}. `}
              {service.outside.length > 0 ? `Outside: ${listed(service.outside)}. ` : null}
              {service.type === 'ExternalName' ? null : `Ready: ${listed(service.ready)}. `}
              {service.notReady.length > 0 ? `Not ready: ${listed(service.notReady)}.` : null}
            </dd>
          </div>
        ))}
        {cluster.nodes.map((node) => {
          const pods = cluster.pods.filter((pod) => pod.node === node.name);
          return pods.length === 0 ? null : (
            <div key={node.name}>
              <dt>
                Node {node.name} <small>{node.address}</small>
              </dt>
              <dd>
                {pods
                  .map((pod) => `${named(pod)} (${CONDITION_WORDS[pod.condition]}) ${pod.address}`)
                  .join('; ')}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
