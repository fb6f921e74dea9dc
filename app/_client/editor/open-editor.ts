import * as monaco from 'monaco-editor/esm/vs/editor/edcore.main.js';
import type { ManifestProblem } from '../../../lib/server';
import { onThemeChange } from '../read-color';
import { applyTheme, EDITOR_OPTIONS, prepareMonaco } from './monaco-page';

/** What the page does with the editor. */
export interface EditorEvents {
  readonly onEdit: (path: string, text: string) => void;
  readonly onSave: () => void;
  readonly onApply: () => void;
  readonly onCompare: () => void;
}

/** An editor on the page. */
export interface EditorHandle {
  /** Shows a file; its undo history and place are kept from the last time. */
  show(path: string, text: string): void;
  /** The file's text changed elsewhere. */
  sync(path: string, text: string): void;
  /** Forgets files that are no more. */
  keepOnly(paths: readonly string[]): void;
  /** Marks what the API has against a file; what was marked before goes. */
  mark(path: string, problems: readonly ManifestProblem[]): void;
  /** Goes to a place in the file that is shown. */
  goTo(line: number, column: number): void;
  focus(): void;
  dispose(): void;
}

function language(path: string): string {
  if (/\.ya?ml$/.test(path)) return 'yaml';
  return /\.(?:sh|bash)$/.test(path) ? 'shell' : 'plaintext';
}

/** The owner of marks that come from the API, beside those of the schema. */
const MARKS = 'api';

/** Models of files; those that only show a difference are others'. */
const fileModels = () => monaco.editor.getModels().filter(({ uri }) => uri.scheme === 'file');

function markerOf({ line, column, endLine, endColumn, message }: ManifestProblem): monaco.editor.IMarkerData {
  return {
    severity: monaco.MarkerSeverity.Error,
    source: 'API',
    message,
    startLineNumber: line,
    startColumn: column,
    endLineNumber: endLine,
    endColumn,
  };
}

function modelOf(path: string, text: string): monaco.editor.ITextModel {
  const uri = monaco.Uri.file(`/${path}`);
  const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, language(path), uri);
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  return model;
}

/** Puts a text into a model as one undoable edit. */
function replaceText(model: monaco.editor.ITextModel, text: string): void {
  if (model.getValue() === text) return;
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
}

/** Opens an editor inside `host`. */
export function openEditor(host: HTMLElement, events: EditorEvents): EditorHandle {
  prepareMonaco();
  applyTheme();
  const places = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  let shown: string | undefined;
  let syncing = false;
  const editor = monaco.editor.create(host, {
    ...EDITOR_OPTIONS,
    model: null,
    ariaLabel: 'File editor. Control+Shift+Period goes to the next panel.',
    fontFamily: getComputedStyle(host).fontFamily,
    quickSuggestions: { strings: true, other: true, comments: false },
  });
  const { CtrlCmd } = monaco.KeyMod;
  editor.addCommand(CtrlCmd | monaco.KeyCode.KeyS, events.onSave);
  editor.addCommand(CtrlCmd | monaco.KeyCode.Enter, events.onApply);
  editor.addCommand(monaco.KeyMod.Alt | monaco.KeyCode.Enter, events.onCompare);
  editor.onDidChangeModelContent(() => {
    if (shown !== undefined && !syncing) events.onEdit(shown, editor.getValue());
  });
  const offTheme = onThemeChange(applyTheme);
  const sync = (path: string, text: string) => {
    syncing = true;
    replaceText(modelOf(path, text), text);
    syncing = false;
  };
  return {
    show(path, text) {
      if (shown === path) return;
      if (shown !== undefined) places.set(shown, editor.saveViewState());
      shown = path;
      sync(path, text);
      editor.setModel(modelOf(path, text));
      const place = places.get(path);
      if (place) editor.restoreViewState(place);
    },
    sync,
    keepOnly(paths) {
      const kept = new Set(paths);
      if (shown !== undefined && !kept.has(shown)) shown = undefined;
      for (const model of fileModels()) if (!kept.has(model.uri.path.slice(1))) model.dispose();
    },
    mark(path, problems) {
      for (const model of fileModels()) monaco.editor.setModelMarkers(model, MARKS, []);
      const model = monaco.editor.getModel(monaco.Uri.file(`/${path}`));
      if (model !== null) monaco.editor.setModelMarkers(model, MARKS, problems.map(markerOf));
    },
    goTo(lineNumber, column) {
      editor.setPosition({ lineNumber, column });
      editor.revealLineInCenterIfOutsideViewport(lineNumber);
      editor.focus();
    },
    focus: () => editor.focus(),
    dispose() {
      offTheme();
      editor.dispose();
      for (const model of fileModels()) model.dispose();
    },
  };
}
