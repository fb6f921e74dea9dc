'use client';

import { Tabs } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { EditorHandle } from '../../../../../_client/editor/open-editor';
import { fileStatus } from '../../../../../_client/lab/file-entry';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import { whenIdle } from '../../../../../_client/when-idle';
import buttons from '../../../../../_ui/button.module.css';
import { BenchSwitch } from '../bench-switch';
import course from '../checks/progress-course.module.css';
import { NotFetched } from '../not-fetched';
import head from '../panel-head.module.css';
import { usePanels } from '../panels';
import { ApplyStrip } from './apply-strip';
import { ConflictStrip } from './conflict-strip';
import { EditingStrip } from './editing-strip';
import styles from './editor-panel.module.css';
import { FileMenu } from './file-menu';
import { LiveDiffView } from './live-diff-view';
import { NoFileOpen } from './no-file-open';
import { isManifest, type ManifestActions, useManifest, useVerb } from './use-manifest';

const STATUSES = {
  saved: 'Saved',
  unsaved: 'Not saved yet',
  saving: 'Saving …',
  conflict: 'Changed in two places',
} as const;

function useEditor(manifest: ManifestActions) {
  const link = useLabLink();
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<EditorHandle>();
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  // The editor lives on when what it calls is made anew.
  const latest = useRef(manifest);
  latest.current = manifest;
  const prompted = useLab((state) => state.welcomed);
  useEffect(() => {
    if (!prompted) return;
    let gone = false;
    let handle: EditorHandle | undefined;
    const open = async () => {
      const module = await import('../../../../../_client/editor/open-editor').catch((error: unknown) => {
        console.error(`attempt ${attempt + 1} at the editor:`, error);
        return undefined;
      });
      if (gone || host.current === null) return;
      setFailed(module === undefined);
      if (module === undefined) return;
      const saveActive = () => {
        const { activeFile } = link.getState();
        if (activeFile !== undefined) link.save(activeFile);
        return activeFile;
      };
      handle = module.openEditor(host.current, {
        onEdit: link.edit,
        onSave: saveActive,
        onApply: () => {
          const path = saveActive();
          if (path !== undefined) latest.current.apply(path);
        },
        onCompare: () => {
          const path = saveActive();
          if (path !== undefined) latest.current.compare(path);
        },
      });
      setEditor(handle);
    };
    const cancel = whenIdle(() => void open());
    return () => {
      gone = true;
      cancel();
      handle?.dispose();
      setEditor(undefined);
    };
  }, [prompted, link, attempt]);
  return { host, editor, failed, again: () => setAttempt(attempt + 1) };
}

/** The learner's files: the same ones that the shell sees. */
export function EditorPanel() {
  const link = useLabLink();
  const panels = usePanels();
  const manifest = useManifest();
  const { host, editor, failed, again } = useEditor(manifest);
  const files = useLab((state) => state.files);
  const openFiles = useLab((state) => state.openFiles);
  const active = useLab((state) => state.activeFile);
  const connected = useLab((state) => state.connection.phase === 'open');
  const editing = useLab((state) => state.editing);
  const applied = useLab((state) => state.applied);
  const applying = useLab((state) => state.pending.apply !== undefined);
  const liveDiff = useLab((state) => state.liveDiff);
  const verb = useVerb(active);
  const file = active === undefined ? undefined : files[active];
  const text = file?.text;
  const awaited = useRef(false);

  useEffect(() => {
    if (editor === undefined) return;
    editor.keepOnly(Object.keys(files));
    if (active === undefined || text === undefined) return;
    editor.show(active, text);
    editor.sync(active, text);
  }, [editor, files, active, text]);
  useEffect(() => {
    if (applied !== undefined) editor?.mark(applied.path, applied.outcome.problems);
    else editor?.mark('', []);
  }, [editor, applied]);
  useEffect(
    () =>
      panels.register('editor', () => {
        const panel = host.current?.closest('section');
        // With no file open there is nothing to type in, but a way to open one.
        if (active === undefined) panel?.querySelector<HTMLElement>('header button')?.focus();
        else if (editor !== undefined) editor.focus();
        else {
          awaited.current = true;
          panel?.querySelector<HTMLElement>('[role=tab][data-state=active]')?.focus();
        }
      }),
    [panels, editor, active, host],
  );
  // Whoever came for a file before the editor was there waits at its tab, and is let in.
  useEffect(() => {
    if (editor === undefined || !awaited.current) return;
    awaited.current = false;
    if (host.current?.closest('section')?.contains(document.activeElement)) editor.focus();
  }, [editor, host]);
  // Whoever typed `vi` wants to be where the file is.
  const focus = useRef(panels.focus);
  focus.current = panels.focus;
  useEffect(() => {
    if (editing !== null && editor !== undefined) focus.current('editor');
  }, [editing, editor]);

  const { lay } = panels;
  useEffect(() => {
    if (active !== undefined) lay('editor');
  }, [active, lay]);

  const status = file === undefined ? undefined : fileStatus(file);
  return (
    <Tabs.Root value={active ?? ''} onValueChange={link.open} activationMode="manual" asChild>
      <section className={head.panel} aria-label="Editor" data-panel-name="editor">
        <header className={`${head.head} ${styles.head}`}>
          <h2 className="visually-hidden">Editor</h2>
          <BenchSwitch />
          <Tabs.List className={styles.tabs} aria-label="Open files">
            {openFiles.map((path) => {
              const entry = files[path];
              const state = entry === undefined ? 'saved' : fileStatus(entry);
              return (
                <Tabs.Trigger key={path} value={path} className={styles.tab} data-status={state}>
                  {path}
                  {state === 'saved' ? null : <span className="visually-hidden">, {STATUSES[state]}</span>}
                </Tabs.Trigger>
              );
            })}
          </Tabs.List>
          <FileMenu active={active} />
          <span className={head.spring} />
          {status === undefined ? null : (
            <span className={styles.status} data-status={status}>
              {!connected && status === 'unsaved' ? 'Saved when connected' : STATUSES[status]}
            </span>
          )}
          {active !== undefined && active !== editing && isManifest(active) ? (
            <>
              <button
                type="button"
                className={`${buttons.button} ${buttons.quiet} ${head.small}`}
                disabled={!connected}
                aria-pressed={liveDiff !== undefined}
                title="The file beside what is live, as kubectl diff (Alt-Enter)"
                onClick={() => manifest.compare(active)}
              >
                Diff
              </button>
              <button
                type="button"
                className={`${buttons.button} ${head.small}`}
                disabled={!connected}
                aria-busy={applying}
                title={`Save and kubectl ${verb.toLowerCase()} -f ${active} (Ctrl-Enter)`}
                onClick={() => manifest.apply(active)}
              >
                {verb}
              </button>
            </>
          ) : null}
        </header>
        <div className={course.progress} data-busy={applying} />
        {active !== undefined && file?.below !== undefined ? (
          <ConflictStrip path={active} deleted={file.below === null} />
        ) : null}
        {failed && editor === undefined ? (
          <NotFetched again={again}>
            <strong>The editor could not be fetched.</strong> Your files can be read here meanwhile, and
            changed in the terminal.
          </NotFetched>
        ) : null}
        {editing !== null ? <EditingStrip path={editing} /> : null}
        <Tabs.Content value={active ?? ''} forceMount className={styles.desk} tabIndex={-1}>
          <div ref={host} className={styles.host} hidden={active === undefined} />
          {editor === undefined && text !== undefined ? <pre className={styles.still}>{text}</pre> : null}
          {active === undefined ? <NoFileOpen /> : null}
          {liveDiff === undefined || liveDiff.path !== active ? null : (
            <LiveDiffView
              path={liveDiff.path}
              diff={liveDiff.diff}
              verb={verb}
              close={() => {
                link.compareLive(undefined);
                editor?.focus();
              }}
              goTo={(line, column) => editor?.goTo(line, column)}
            />
          )}
        </Tabs.Content>
        {applied === undefined || applied.path !== active || liveDiff !== undefined ? null : (
          <ApplyStrip {...applied} goTo={(line, column) => editor?.goTo(line, column)} />
        )}
      </section>
    </Tabs.Root>
  );
}
