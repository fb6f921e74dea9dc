'use client';

import { Command } from 'cmdk';
import type { ReactNode } from 'react';
import { summariseCluster } from '../../../../../_client/lab/cluster-summary';
import { nodeShell, podShell, type ShellLine } from '../../../../../_client/lab/shell-lines';
import { spanText } from '../../../../../_client/lab/timeline';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import { isManifest, useManifest, useVerb } from '../editor/use-manifest';
import type { LabPage } from '../lab-page';
import { PANEL_LABELS, panelsOf, usePanels } from '../panels';
import { SKIPS_MS } from '../timeline/time-controls';
import type { HeaderDialog } from './header-dialog';
import { paletteEntry } from './palette-entry';

/** What can be done in the lab, and its panels, steps, files and objects. */
export function PaletteEntries({
  page,
  close,
  ask,
}: {
  readonly page: LabPage;
  readonly close: () => void;
  readonly ask: (dialog: HeaderDialog) => void;
}) {
  const link = useLabLink();
  const panels = usePanels();
  const objects = useLab((state) => state.objects);
  const files = useLab((state) => state.files);
  const undoable = useLab((state) => state.undoable);
  const redoable = useLab((state) => state.redoable);
  const active = useLab((state) => state.activeFile);
  const manifest = useManifest();
  const verb = useVerb(active);
  const paused = useLab((state) => state.paused);
  const classroom = useLab((state) => state.classroom);
  const { nodes, pods, services } = summariseCluster(objects);
  const openShell = (title: string, keys?: string) => {
    link.openTerminal(title, keys);
    panels.show('terminal');
  };
  const asShell = ({ title, keys }: ShellLine) => [title, keys] as const;
  const entry = (value: string, label: ReactNode, run: () => void) => paletteEntry(close, value, label, run);
  const place = (kind: string, key: string, name: string, namespace: string) =>
    entry(
      `${kind} ${name} ${namespace}`,
      <>
        <small>{kind}</small> {name}
        {namespace === 'default' || namespace === '' ? null : <small> in {namespace}</small>}
      </>,
      () => {
        panels.focus('chart');
        panels.choose(key);
      },
    );
  return (
    <>
      <Command.Group heading="Do">
        {page.tasks.length === 0
          ? null
          : entry('check my work', 'Check', () => {
              panels.focus('checks');
              link.check();
            })}
        {active === undefined || !isManifest(active) ? null : (
          <>
            {entry(
              `apply replace the file ${active}`,
              <>
                {verb} <code>{active}</code>
              </>,
              () => {
                panels.focus('editor');
                manifest.apply(active);
              },
            )}
            {entry(
              `diff compare the file with what is live ${active}`,
              <>
                Compare <code>{active}</code> with what is live
              </>,
              () => manifest.compare(active),
            )}
          </>
        )}
        {undoable === null
          ? null
          : entry(
              'undo',
              <>
                Undo <code>{undoable}</code>
              </>,
              link.undo,
            )}
        {redoable === null
          ? null
          : entry(
              'redo',
              <>
                Redo <code>{redoable}</code>
              </>,
              link.redo,
            )}
        {SKIPS_MS.map((ms) =>
          entry(`skip ahead time ${spanText(ms)}`, `Skip ahead ${spanText(ms)}`, () => link.skip(ms)),
        )}
        {entry('pause time stop go on', paused ? 'Let time go on' : 'Pause time', () => link.pause(!paused))}
        {entry(
          'terminal in full view of a panel maximise end the full view',
          panels.full === undefined ? 'Terminal in full view' : 'End the full view',
          () => panels.setFull(panels.full === undefined ? 'terminal' : undefined),
        )}
        {classroom === undefined
          ? null
          : entry(
              'raise your hand take your hand down ask for help',
              classroom.hand === null ? 'Raise your hand' : 'Take your hand down',
              () => {
                link.raiseHand(classroom.hand === null ? '' : undefined);
                panels.focus('checks');
              },
            )}
        {entry('reset the lab start again', 'Reset the lab …', () => ask('reset'))}
        {entry('use your own kubectl kubeconfig key helm', 'Use your own kubectl …', () => ask('kubectl'))}
        {entry('all keys keyboard shortcuts help', 'All keys …', () => ask('keys'))}
      </Command.Group>
      <Command.Group heading="Terminals">
        {entry('another terminal new shell', 'Another terminal', () => openShell('admin'))}
        {nodes.map(({ name }) =>
          entry(`shell on node ssh ${name}`, `Shell on ${name}`, () =>
            openShell(...asShell(nodeShell(name))),
          ),
        )}
        {pods.map(({ name, namespace }) =>
          entry(`shell in pod exec ${name} ${namespace}`, `Shell in ${name}`, () =>
            openShell(...asShell(podShell(namespace, name))),
          ),
        )}
      </Command.Group>
      <Command.Group heading="Panels">
        {panelsOf(page).map((panel) =>
          entry(`panel ${panel}`, PANEL_LABELS[panel], () => panels.focus(panel)),
        )}
      </Command.Group>
      <Command.Group heading="Steps">
        {page.steps.map(({ id, title }, index) =>
          entry(`step ${index + 1} ${title}`, `${index + 1}. ${title}`, () => {
            link.showStep(id);
            panels.focus('lesson');
          }),
        )}
      </Command.Group>
      {Object.keys(files).length === 0 ? null : (
        <Command.Group heading="Files">
          {Object.keys(files).map((path) =>
            entry(`file ${path}`, <code>{path}</code>, () => {
              link.open(path);
              panels.focus('editor');
            }),
          )}
        </Command.Group>
      )}
      <Command.Group heading="Cluster">
        {services.map(({ key, name, namespace }) => place('Service', key, name, namespace))}
        {pods.map(({ key, name, namespace }) => place('Pod', key, name, namespace))}
        {nodes.map(({ name }) => place('Node', `node/${name}`, name, ''))}
      </Command.Group>
    </>
  );
}
