import * as monaco from 'monaco-editor/esm/vs/editor/edcore.main.js';
import { onThemeChange } from '../read-color';
import { applyTheme, EDITOR_OPTIONS, prepareMonaco } from './monaco-page';

/** Two texts side by side, to be read. */
export interface DiffHandle {
  show(before: string, after: string): void;
  focus(): void;
  dispose(): void;
}

/** Narrower than this, one text stands below the other. */
const SIDE_BY_SIDE_PX = 700;

/** Opens a view of differences inside `host`. */
export function openDiff(host: HTMLElement): DiffHandle {
  prepareMonaco();
  applyTheme();
  const editor = monaco.editor.createDiffEditor(host, {
    ...EDITOR_OPTIONS,
    readOnly: true,
    originalEditable: false,
    fontFamily: getComputedStyle(host).fontFamily,
    renderSideBySideInlineBreakpoint: SIDE_BY_SIDE_PX,
    useInlineViewWhenSpaceIsLimited: true,
    renderOverviewRuler: false,
    renderMarginRevertIcon: false,
    hideUnchangedRegions: { enabled: true, contextLineCount: 3 },
    // Tab leaves: nothing is typed here.
    tabFocusMode: true,
  });
  const forget = () => {
    const models = editor.getModel();
    editor.setModel(null);
    models?.original.dispose();
    models?.modified.dispose();
  };
  // The first difference is what the reader came for.
  const onDiff = editor.onDidUpdateDiff(() => editor.revealFirstDiff());
  const offTheme = onThemeChange(applyTheme);
  return {
    show(before, after) {
      forget();
      editor.setModel({
        original: monaco.editor.createModel(before, 'yaml', monaco.Uri.parse('live:/before')),
        modified: monaco.editor.createModel(after, 'yaml', monaco.Uri.parse('live:/after')),
      });
      // The widget's own options for these are lost with its first change.
      editor.getOriginalEditor().updateOptions({ ariaLabel: 'Live' });
      editor.getModifiedEditor().updateOptions({ ariaLabel: 'After. F7 goes to the next difference.' });
    },
    focus: () => editor.getModifiedEditor().focus(),
    dispose() {
      offTheme();
      onDiff.dispose();
      forget();
      editor.dispose();
    },
  };
}
