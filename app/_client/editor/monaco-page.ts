import * as monaco from 'monaco-editor/esm/vs/editor/edcore.main.js';
import 'monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution';
import 'monaco-editor/esm/vs/basic-languages/shell/shell.contribution';
import { configureMonacoYaml } from 'monaco-yaml';
import { isDark, readColor } from '../read-color';

const SCHEMA = '/schemas/kubernetes.json';
let prepared = false;

/** Workers and YAML help, once a page. */
export function prepareMonaco(): void {
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

/** Monaco's colours from the tokens as they are now. */
export function applyTheme(): void {
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
      'diffEditor.insertedTextBackground': readColor('--ready-wash'),
      'diffEditor.removedTextBackground': readColor('--trouble-wash'),
      'diffEditor.insertedLineBackground': readColor('--ready-wash'),
      'diffEditor.removedLineBackground': readColor('--trouble-wash'),
      'diffEditor.diagonalFill': readColor('--hair'),
      'diffEditor.unchangedRegionBackground': readColor('--shoal'),
      'diffEditor.unchangedRegionForeground': readColor('--ink-soft'),
      focusBorder: readColor('--ink'),
    },
  });
  monaco.editor.setTheme('portside');
}

/** How every editor of ours is set. */
export const EDITOR_OPTIONS = {
  theme: 'portside',
  automaticLayout: true,
  fontSize: 13,
  fontLigatures: false,
  lineHeight: 20,
  lineNumbersMinChars: 3,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: 'line',
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
} as const;
