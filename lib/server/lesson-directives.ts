import type { Element, ElementContent, Properties } from 'hast';
import type { Code, Nodes, Parents, Root } from 'mdast';
import type {} from 'remark-directive';

/** Containers that stand out from the prose, and what a screen reader calls them. */
const ASIDES: Readonly<Record<string, string>> = { note: 'Note', tip: 'Tip', warning: 'Warning' };

/** remark-directive adds these to mdast's nodes. */
type Directive = Extract<Nodes, { type: 'containerDirective' | 'leafDirective' | 'textDirective' }>;

/**
 * The lesson's own Markdown: `:::note`, `:::tip`, `:::warning`; code fences `sh run`, `sh type`, `yaml file=NAME`, and
 * the same as containers around a fence (`:::run`, `:::type`, `:::file{path=NAME}`).
 */
export function lessonDirectives(): (root: Root) => void {
  return (root) => transform(root, {});
}

/** What a code fence is for, as its meta line says. */
export interface FencePurpose {
  readonly run?: boolean;
  readonly type?: boolean;
  readonly file?: string;
  /** It is meant to end with an error. */
  readonly fails?: boolean;
  /** How long a command that never ends is watched when the lesson is proved. */
  readonly seconds?: number;
}

function transform(parent: Parents, inherited: FencePurpose): void {
  parent.children.forEach((child, index) => {
    if (child.type === 'code') describeFence(child, { ...inherited, ...purposeOfFence(child) });
    else if (isDirective(child)) replaceDirective(parent, index, child, inherited);
    else if ('children' in child) transform(child, inherited);
  });
}

/** Reads `run`, `type`, `fails`, `file=NAME` and `for=10s` off a fence's meta line. */
export function purposeOfFence({ meta }: Code): FencePurpose {
  const words = (meta ?? '').split(/\s+/);
  const file = words.find((word) => word.startsWith('file='))?.slice('file='.length);
  const seconds = words.map((word) => /^for=(\d+)s$/.exec(word)?.[1]).find((each) => each !== undefined);
  return {
    ...(words.includes('fails') ? { fails: true } : {}),
    ...(seconds === undefined ? {} : { seconds: Number(seconds) }),
    ...(words.includes('run') ? { run: true } : {}),
    ...(words.includes('type') ? { type: true } : {}),
    ...(file ? { file } : {}),
  };
}

/** Noted on the fence's own meta line, where `codeFigure` finds it. */
function describeFence(code: Code, { run, type, file }: FencePurpose): void {
  code.meta = [run ? 'run' : '', type ? 'type' : '', file === undefined ? '' : `file=${file}`]
    .join(' ')
    .trim();
}

const LANGUAGE = /^[a-z0-9-]+$/;
const FILE = /^[A-Za-z0-9._/-]+$/;

/** A code fence as HTML: a figure around a `pre`, both carrying what the page needs to know of it. */
export function codeFigure(_state: unknown, code: Code): Element {
  const { run, type, file } = purposeOfFence(code);
  const language = LANGUAGE.test(code.lang ?? '') ? (code.lang ?? 'text') : 'text';
  const properties = {
    dataLanguage: language,
    ...(run ? { dataRun: '' } : {}),
    ...(type ? { dataType: '' } : {}),
    ...(file !== undefined && FILE.test(file) ? { dataFile: file } : {}),
  };
  const className = [`language-${language}`];
  const inner = element('code', { className }, [{ type: 'text', value: `${code.value}\n` }]);
  return element('figure', properties, [element('pre', properties, [inner])]);
}

function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children };
}

function isDirective(node: Nodes): node is Directive {
  return node.type === 'containerDirective' || node.type === 'leafDirective' || node.type === 'textDirective';
}

function replaceDirective(
  parent: Parents,
  index: number,
  directive: Directive,
  inherited: FencePurpose,
): void {
  const label = ASIDES[directive.name];
  if (directive.type !== 'containerDirective') {
    // `10:30` and `nginx:1.27` are prose, not directives.
    const sign = directive.type === 'textDirective' ? ':' : '::';
    parent.children[index] = { type: 'text', value: `${sign}${directive.name}` };
    return;
  }
  if (label !== undefined) {
    directive.data = {
      hName: 'aside',
      hProperties: { className: [directive.name], role: 'note', ariaLabel: label },
    };
  }
  const path = directive.attributes?.path;
  transform(directive, {
    ...inherited,
    ...(directive.name === 'run' ? { run: true } : {}),
    ...(directive.name === 'type' ? { type: true } : {}),
    ...(directive.name === 'file' && path ? { file: path } : {}),
  });
}
