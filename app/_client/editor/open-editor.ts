import * as monaco from 'monaco-editor/esm/vs/editor/edcore.main.js';
import 'monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution';
import 'monaco-editor/esm/vs/basic-languages/shell/shell.contribution';
import { configureMonacoYaml } from 'monaco-yaml';
import { isDark, onThemeChange, readColor } from '../read-color';

/** What the page does with the editor. */
export interface EditorEvents {
  readonly onEdit: (path: string, text: string) => void;
  readonly onSave: () => void;
  readonly onApply: () => void;
}

/** An editor on the page. */
export interface EditorHandle {
  /** Shows a file; its undo history and place are kept from the last time. */
  show(path: string, text: string): void;
  /** The file's text changed elsewhere. */
  sync(path: string, text: string): void;
  /** Forgets files that are no more. */
  keepOnly(paths: readonly string[]): void;
  focus(): void;
  dispose(): void;
}

const SCHEMA = '/schemas/kubernetes.json';
let prepared = false;

/** Workers and YAML help, once a page. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  self.MonacoEnvironment = {
    getWorker: (_id, label) =>
      label === 'yaml'
        ? new Worker(new URL('./yaml.worker.ts', import.meta.url), { type: 'module' })
        : new Worker(new URL('./text.worker.ts', import.meta.url), { type: 'module' }),
  };
  configureMonacoYaml(monaco, {
    enableSchemaRequest: true,
    schemas: [{ uri: new URL(SCHEMA, location.href).href, fileMatch: ['*.yaml', '*.yml'] }],
  });
}

function applyTheme(): void {
  const bare = (token: string) => readColor(token).slice(1);
  monaco.editor.defineTheme('portside', {
    base: isDark() ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: bare('--ink') },
      { token: 'type', foreground: bare('--ansi-blue') },
      { token: 'string', foreground: bare('--ink') },
      { token: 'string.yaml', foreground: bare('--ink') },
      { token: 'number', foreground: bare('--ansi-cyan') },
      { token: 'keyword', foreground: bare('--ansi-cyan') },
      { token: 'comment', foreground: bare('--ink-faint'), fontStyle: 'italic' },
      { token: 'delimiter', foreground: bare('--ink-soft') },
      { token: 'operators', foreground: bare('--ink-soft') },
    ],
    colors: {
      'editor.background': readColor('--sea'),
      'editor.foreground': readColor('--ink'),
      'editorLineNumber.foreground': readColor('--ink-faint'),
      'editorLineNumber.dimmedForeground': readColor('--ink-faint'),
      'editorLineNumber.activeForeground': readColor('--ink'),
      'editor.selectionBackground': readColor('--selection'),
      'editor.lineHighlightBackground': readColor('--shoal'),
      'editor.lineHighlightBorder': readColor('--shoal'),
      'editorIndentGuide.background1': readColor('--hair'),
      'editorWidget.background': readColor('--shoal'),
      'editorWidget.border': readColor('--rule'),
      'editorError.foreground': readColor('--trouble'),
      'editorWarning.foreground': readColor('--starting'),
      'editorSuggestWidget.background': readColor('--sea'),
      'editorSuggestWidget.border': readColor('--ink'),
      'editorSuggestWidget.selectedBackground': readColor('--bank'),
      'editorSuggestWidget.selectedForeground': readColor('--ink'),
      'editorSuggestWidget.highlightForeground': readColor('--ansi-blue'),
      'editorSuggestWidget.focusHighlightForeground': readColor('--ansi-blue'),
      'editorHoverWidget.background': readColor('--sea'),
      'editorHoverWidget.border': readColor('--ink'),
      focusBorder: readColor('--ink'),
    },
  });
  monaco.editor.setTheme('portside');
}

function language(path: string): string {
  if (/\.ya?ml$/.test(path)) return 'yaml';
  return /\.(?:sh|bash)$/.test(path) ? 'shell' : 'plaintext';
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
  prepare();
  applyTheme();
  const places = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  let shown: string | undefined;
  let syncing = false;
  const editor = monaco.editor.create(host, {
    model: null,
    theme: 'portside',
    automaticLayout: true,
    ariaLabel: 'File editor. Control+Shift+Period goes to the next panel.',
    fontFamily: getComputedStyle(host).fontFamily,
    fontSize: 13,
    fontLigatures: false,
    lineHeight: 20,
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    padding: { top: 8, bottom: 8 },
    renderLineHighlight: 'line',
    scrollBeyondLastLine: false,
    quickSuggestions: { strings: true, other: true, comments: false },
    fixedOverflowWidgets: true,
  });
  const { CtrlCmd } = monaco.KeyMod;
  editor.addCommand(CtrlCmd | monaco.KeyCode.KeyS, events.onSave);
  editor.addCommand(CtrlCmd | monaco.KeyCode.Enter, events.onApply);
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
      for (const model of monaco.editor.getModels()) if (!kept.has(model.uri.path.slice(1))) model.dispose();
    },
    focus: () => editor.focus(),
    dispose() {
      offTheme();
      editor.dispose();
      for (const model of monaco.editor.getModels()) model.dispose();
    },
  };
}
