'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { Group, type Layout, Panel, Separator } from 'react-resizable-panels';
import type { Place } from '../../../../_client/lab/chart/places';
import { createLabLink } from '../../../../_client/lab/lab-link';
import { LabLinkContext } from '../../../../_client/lab/use-lab';
import type { Theme } from '../../../../_ui/theme';
import { Announcer } from './announcer';
import { ChartPanel } from './chart/chart-panel';
import { ChecksPanel } from './checks/checks-panel';
import { FollowStrip } from './class/follow-strip';
import { EditorPanel } from './editor/editor-panel';
import { LabHeader } from './lab-header';
import type { LabPage } from './lab-page';
import styles from './lab-workspace.module.css';
import { LessonPanel } from './lesson/lesson-panel';
import { keepPanes, type PaneLayouts } from './pane-layouts';
import { PanelBoundary } from './panel-boundary';
import {
  type BenchName,
  isOnBench,
  neighbour,
  PANEL_LABELS,
  PANELS,
  type PanelName,
  type Panels,
  PanelsContext,
  panelsOf,
} from './panels';
import { TerminalPanel } from './terminal/terminal-panel';
import { TimelinePanel } from './timeline/timeline-panel';

function usePanelSwitch(page: LabPage): Panels {
  const [shown, setShown] = useState<PanelName>('lesson');
  const [bench, setBench] = useState<BenchName>('chart');
  const [full, setFull] = useState<PanelName>();
  const [chosen, choose] = useState<Place>();
  const [focusers] = useState(() => new Map<PanelName, () => void>());
  return useMemo(() => {
    const show = (panel: PanelName) => {
      setShown(panel);
      if (isOnBench(panel)) setBench(panel);
    };
    const focus = (panel: PanelName) => {
      show(panel);
      // Whoever goes elsewhere wants to see it.
      setFull((before) => (before === undefined ? undefined : panel));
      requestAnimationFrame(() => focusers.get(panel)?.());
    };
    return {
      shown,
      bench,
      show,
      lay: setBench,
      full,
      setFull,
      chosen,
      choose,
      focus,
      leave: (from, direction) => focus(neighbour(from, direction, panelsOf(page))),
      register(panel, focuser) {
        focusers.set(panel, focuser);
        return () => focusers.delete(panel);
      },
    };
  }, [shown, bench, full, chosen, focusers, page]);
}

/** Where the keyboard is, told by the panel around the focused element. */
function panelOf(target: EventTarget | null): PanelName | undefined {
  const name =
    target instanceof Element
      ? target.closest<HTMLElement>('[data-panel-name]')?.dataset.panelName
      : undefined;
  return PANELS.find((panel) => panel === name);
}

/** Nobody else acts on a key that the page has taken. */
function take(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

/** The lab: lesson and checks beside editor and terminal, or one at a time on a small screen. */
export function LabWorkspace({
  page,
  panes,
  theme,
}: {
  readonly page: LabPage;
  readonly panes: PaneLayouts;
  readonly theme: Theme;
}) {
  const [link] = useState(() => createLabLink(page.workspaceId));
  useEffect(() => link.start(), [link]);
  const panels = usePanelSwitch(page);
  const layouts = useRef(panes);
  const keep = (group: string) => (layout: Layout) => {
    layouts.current = { ...layouts.current, [group]: layout };
    keepPanes(layouts.current);
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.defaultPrevented) return;
      if (event.code === 'Enter') {
        take(event);
        const here = panelOf(event.target) ?? 'terminal';
        panels.setFull(panels.full === undefined ? here : undefined);
        return;
      }
      const direction = event.code === 'Period' ? 1 : event.code === 'Comma' ? -1 : undefined;
      if (direction === undefined) return;
      take(event);
      panels.leave(panelOf(event.target) ?? panelsOf(page).at(-1) ?? 'lesson', direction);
    };
    // Before the editor and the terminal, which have their own ideas of Enter.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [panels, page]);
  return (
    <LabLinkContext value={link}>
      <PanelsContext value={panels}>
        <div
          className={styles.lab}
          data-shown={panels.shown}
          data-bench={panels.bench}
          data-full={panels.full}
        >
          <LabHeader page={page} theme={theme} />
          <nav className={styles.switch} aria-label="Panels">
            {panelsOf(page).map((panel) => (
              <button
                key={panel}
                type="button"
                aria-current={panels.shown === panel ? 'true' : undefined}
                onClick={() => panels.show(panel)}
              >
                {PANEL_LABELS[panel]}
              </button>
            ))}
          </nav>
          <FollowStrip />
          <main id="main" className={styles.main}>
            <Group
              id="lab"
              className={styles.group}
              orientation="horizontal"
              defaultLayout={panes.lab}
              onLayoutChanged={keep('lab')}
            >
              <Panel id="left" className={styles.left} defaultSize="40%" minSize="22%">
                {page.tasks.length === 0 ? (
                  <div className={`${styles.lesson} ${styles.alone}`}>
                    <PanelBoundary panel="lesson">
                      <LessonPanel page={page} />
                    </PanelBoundary>
                  </div>
                ) : (
                  <Group
                    id="left-group"
                    className={styles.group}
                    orientation="vertical"
                    defaultLayout={panes.left}
                    onLayoutChanged={keep('left')}
                  >
                    <Panel id="lesson" className={styles.lesson} defaultSize="62%" minSize="15%">
                      <PanelBoundary panel="lesson">
                        <LessonPanel page={page} />
                      </PanelBoundary>
                    </Panel>
                    <Separator className={styles.separatorAcross} aria-label="Height of lesson and checks" />
                    <Panel id="checks" className={styles.checks} defaultSize="38%" minSize="15%">
                      <PanelBoundary panel="checks">
                        <ChecksPanel page={page} />
                      </PanelBoundary>
                    </Panel>
                  </Group>
                )}
              </Panel>
              <Separator className={styles.separatorDown} aria-label="Width of lesson and workbench" />
              <Panel id="right" className={styles.right} defaultSize="60%" minSize="30%">
                <Group
                  id="right-group"
                  className={styles.group}
                  orientation="vertical"
                  defaultLayout={panes.right}
                  onLayoutChanged={keep('right')}
                >
                  <Panel id="editor" className={styles.editor} defaultSize="48%" minSize="12%">
                    <div className={styles.bench} data-bench="editor">
                      <PanelBoundary panel="editor">
                        <EditorPanel />
                      </PanelBoundary>
                    </div>
                    <div className={styles.bench} data-bench="chart">
                      <PanelBoundary panel="chart">
                        <ChartPanel />
                      </PanelBoundary>
                    </div>
                    <div className={styles.bench} data-bench="timeline">
                      <PanelBoundary panel="timeline">
                        <TimelinePanel />
                      </PanelBoundary>
                    </div>
                  </Panel>
                  <Separator className={styles.separatorAcross} aria-label="Height of editor and terminal" />
                  <Panel id="terminal" className={styles.terminal} defaultSize="52%" minSize="12%">
                    <PanelBoundary panel="terminal">
                      <TerminalPanel />
                    </PanelBoundary>
                  </Panel>
                </Group>
              </Panel>
            </Group>
          </main>
          <Announcer />
        </div>
      </PanelsContext>
    </LabLinkContext>
  );
}
