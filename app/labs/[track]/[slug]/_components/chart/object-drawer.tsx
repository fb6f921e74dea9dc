'use client';

import { Tabs } from 'radix-ui';
import { useEffect, useState } from 'react';
import type { Inspection } from '../../../../../../lib/server';
import type { Place } from '../../../../../_client/lab/chart/places';
import { nodeShell, podShell } from '../../../../../_client/lab/shell-lines';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import styles from './object-drawer.module.css';

type View = Inspection['view'];

const TITLES: Readonly<Record<View, string>> = {
  describe: 'Describe',
  yaml: 'YAML',
  events: 'Events',
  logs: 'Logs',
};
/** A rollout changes an object many times a second; kubectl is asked once it holds still. */
const CALM_MS = 350;

/** One object on the chart, as kubectl tells of it. */
export function ObjectDrawer({ place, close }: { readonly place: Place; readonly close: () => void }) {
  const link = useLabLink();
  const panels = usePanels();
  const [view, setView] = useState<View>('describe');
  const inspected = useLab((state) => state.inspected);
  const connected = useLab((state) => state.connection.phase === 'open');
  const { resource, kind, namespace, name } = objectAt(place);
  const object = useLab((state) => state.objects[`${kind}/${namespace}/${name}`]);
  const version = object?.metadata.resourceVersion;
  useEffect(() => {
    if (!connected) return;
    const ask = () => link.inspect({ view, resource, namespace, name });
    const timer = setTimeout(ask, link.getState().inspected?.name === name ? CALM_MS : 0);
    return () => clearTimeout(timer);
  }, [link, connected, view, resource, namespace, name, version]);
  useEffect(() => () => link.inspect(undefined), [link]);
  const text = inspected?.view === view && inspected.name === name ? inspected.text : undefined;
  const shell = kind === 'Pod' ? podShell(namespace, name) : kind === 'Node' ? nodeShell(name) : undefined;
  const views: readonly View[] =
    kind === 'Pod' ? ['describe', 'yaml', 'events', 'logs'] : ['describe', 'yaml', 'events'];
  return (
    <Tabs.Root
      value={view}
      onValueChange={(next) => setView(views.find((each) => each === next) ?? 'describe')}
      asChild
    >
      <section className={styles.drawer} aria-label={`${kind} ${name}`}>
        <header className={styles.head}>
          <h3>
            <small>{kind}</small> {name}
          </h3>
          <button
            type="button"
            className={`${buttons.button} ${buttons.quiet} ${head.small}`}
            onClick={close}
          >
            Close
          </button>
        </header>
        <div className={styles.bar}>
          <Tabs.List className={styles.tabs} aria-label="Views of the object">
            {views.map((each) => (
              <Tabs.Trigger key={each} value={each}>
                {TITLES[each]}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          {shell === undefined || object === undefined ? null : (
            <button
              type="button"
              className={`${buttons.button} ${head.small}`}
              title={`Another terminal: ${shell.keys.trim()}`}
              onClick={() => {
                link.openTerminal(shell.title, shell.keys);
                panels.show('terminal');
              }}
            >
              Shell
            </button>
          )}
          {view === 'yaml' && text !== undefined && object !== undefined ? (
            <button
              type="button"
              className={`${buttons.button} ${head.small}`}
              title="A file with this text; Ctrl-Enter there replaces the object, unless it changed meanwhile"
              onClick={() => {
                link.put(fileFor(kind, namespace, name), text);
                panels.focus('editor');
              }}
            >
              Edit
            </button>
          ) : null}
        </div>
        {views.map((each) => (
          <Tabs.Content key={each} value={each} className={styles.text}>
            {object === undefined && name !== 'kube-dns' ? (
              <p>It is gone. What follows is what was known of it.</p>
            ) : null}
            <pre>{text ?? 'Asking kubectl …'}</pre>
          </Tabs.Content>
        ))}
      </section>
    </Tabs.Root>
  );
}

/** Objects of one name in two namespaces have files of their own. */
function fileFor(kind: string, namespace: string, name: string): string {
  const there = namespace === '' || namespace === 'default' ? '' : `${namespace}.`;
  return `${there}${name}.${kind.toLowerCase()}.yaml`;
}

function objectAt(place: Place): { resource: string; kind: string; namespace: string; name: string } {
  if (place === 'dns')
    return { resource: 'services', kind: 'Service', namespace: 'kube-system', name: 'kube-dns' };
  const [what = '', ...rest] = place.split('/');
  if (what === 'node') return { resource: 'nodes', kind: 'Node', namespace: '', name: rest.join('/') };
  const [namespace = '', name = ''] = rest;
  return { resource: what === 'Pod' ? 'pods' : 'services', kind: what, namespace, name };
}
