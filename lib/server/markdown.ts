import type { Element, ElementContent, Root, RootContent } from 'hast';
import rehypeSanitize, { defaultSchema, type Options as Schema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { createHighlighter, type Highlighter } from 'shiki';
import { unified } from 'unified';
import { codeFigure, lessonDirectives } from './lesson-directives';

const LANGUAGES = ['yaml', 'sh', 'console', 'json', 'ini', 'dockerfile', 'http'] as const;
const THEMES = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;
/** Rendered texts kept in memory: every step of every lab, many times over. */
const CACHE_LIMIT = 1_000;

/** What a lesson may contain beyond ordinary prose: the data attributes that pages give behaviour to. */
const schema: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []),
    'figure',
    'figcaption',
    'aside',
    'section',
    'details',
    'summary',
  ],
  attributes: {
    ...defaultSchema.attributes,
    figure: ['dataRun', 'dataType', 'dataFile', 'dataLanguage', ['dataDiagram', /^[a-z0-9-]+$/]],
    pre: ['dataLanguage', 'dataFile', 'dataRun', 'dataType'],
    aside: [['className', 'note', 'warning', 'tip', 'guide'], 'role', 'ariaLabel'],
    section: [
      ['className', 'quiz', 'predict'],
      ['dataQuiz', /^[a-z0-9-]+$/],
    ],
    div: [
      ['dataPicture', 'cluster', 'path'],
      ['dataTo', /^[a-z0-9.-]+$/],
      ['dataPort', /^\d+$/],
      ['dataFrom', /^([a-z0-9-]+\/)?[a-z0-9.-]+$/],
    ],
    code: [['className', /^language-./]],
  },
};

let highlighter: Promise<Highlighter> | undefined;
const cache = new Map<string, Promise<string>>();

/** Markdown as HTML that is safe to show: authors' text never becomes script. Code is coloured for both themes. */
export function renderMarkdown(markdown: string): Promise<string> {
  const known = cache.get(markdown);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const rendered = render(markdown);
  cache.set(markdown, rendered);
  rendered.catch(() => cache.delete(markdown));
  return rendered;
}

async function render(markdown: string): Promise<string> {
  highlighter ??= createHighlighter({ langs: [...LANGUAGES], themes: Object.values(THEMES) });
  const shiki = await highlighter;
  const file = await unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkDirective)
    .use(lessonDirectives)
    .use(remarkRehype, { handlers: { code: codeFigure } })
    .use(rehypeSanitize, schema)
    .use(() => (root: Root) => colourCode(root, shiki))
    .use(rehypeStringify)
    .process(markdown);
  return String(file);
}

/** Colours what was sanitised: shiki's own markup is made of text that cannot be anything but text. */
function colourCode(parent: Root | Element, shiki: Highlighter): void {
  parent.children.forEach((child: RootContent | ElementContent, index) => {
    if (child.type !== 'element') return;
    const coloured = child.tagName === 'pre' ? colourBlock(child, shiki) : undefined;
    if (coloured === undefined) colourCode(child, shiki);
    else parent.children[index] = coloured;
  });
}

function colourBlock(pre: Element, shiki: Highlighter): Element | undefined {
  const [code] = pre.children;
  if (code?.type !== 'element') return undefined;
  const [text] = code.children;
  const language = languageOf(pre);
  if (text?.type !== 'text' || !shiki.getLoadedLanguages().includes(language)) return undefined;
  const source = text.value.replace(/\n$/, '');
  const root = shiki.codeToHast(source, { lang: language, themes: THEMES, defaultColor: false });
  const [made] = root.children;
  if (made?.type !== 'element') return undefined;
  // The page decides whether a block scrolls and so needs a tab stop.
  const { tabindex: _tabindex, ...properties } = made.properties;
  return { ...made, properties: { ...properties, ...pre.properties } };
}

function languageOf(pre: Element): string {
  const { dataLanguage } = pre.properties;
  return typeof dataLanguage === 'string' ? dataLanguage : '';
}
