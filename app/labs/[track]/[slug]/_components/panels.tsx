'use client';

import { createContext, useContext } from 'react';
import type { Place } from '../../../../_client/lab/chart/places';

/** The panels of a lab page, in reading order. */
export const PANELS = ['lesson', 'editor', 'chart', 'timeline', 'terminal', 'checks'] as const;

/** One panel of a lab page. */
export type PanelName = (typeof PANELS)[number];

/** The panels that share one place on a wide screen. */
export const BENCH = ['editor', 'chart', 'timeline'] as const;

/** One of the panels that share a place. */
export type BenchName = (typeof BENCH)[number];

/** Whether a panel shares the place. */
export const isOnBench = (panel: PanelName): panel is BenchName => BENCH.some((name) => name === panel);

/** What each panel is called where there is room for one word. */
export const PANEL_LABELS: Readonly<Record<PanelName, string>> = {
  lesson: 'Lesson',
  editor: 'Editor',
  chart: 'Chart',
  timeline: 'Timeline',
  terminal: 'Terminal',
  checks: 'Checks',
};

/** Brings panels forward and moves the keyboard between them. */
export interface Panels {
  readonly shown: PanelName;
  /** Which of them has the place that editor, chart and timeline share on a wide screen. */
  readonly bench: BenchName;
  show(panel: PanelName): void;
  /** Gives a panel the shared place, wherever the reader is. */
  lay(panel: BenchName): void;
  /** The panel that has the whole window, if one has. */
  readonly full: PanelName | undefined;
  setFull(panel: PanelName | undefined): void;
  /** What is looked at on the chart. */
  readonly chosen: Place | undefined;
  choose(place: Place | undefined): void;
  /** Shows a panel and puts the keyboard into it. */
  focus(panel: PanelName): void;
  /** Goes to the next or the previous panel. */
  leave(from: PanelName, direction: 1 | -1): void;
  /** A panel says how the keyboard gets into it. */
  register(panel: PanelName, focus: () => void): () => void;
}

/** The panels of the lab page around. */
export const PanelsContext = createContext<Panels | undefined>(undefined);

/** The lab page's panels. */
export function usePanels(): Panels {
  const panels = useContext(PanelsContext);
  if (panels === undefined) throw new Error('usePanels needs a lab page around it');
  return panels;
}

/** The panels of a page: one that asks for nothing has nothing to check. */
export const panelsOf = ({ tasks }: { readonly tasks: readonly unknown[] }): readonly PanelName[] =>
  PANELS.filter((panel) => panel !== 'checks' || tasks.length > 0);

/** The panel `by` places further on among these, round the corner. */
export function neighbour(from: PanelName, by: 1 | -1, panels: readonly PanelName[] = PANELS): PanelName {
  const place = (panels.indexOf(from) + by + panels.length) % panels.length;
  return panels[place] ?? from;
}
