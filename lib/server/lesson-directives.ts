import type { Element, ElementContent, Properties } from 'hast';
import type { Code, Nodes, Paragraph, Parents, Root } from 'mdast';
import type {} from 'remark-directive';

/** Containers that stand out from the prose, and what a screen reader calls them. */
const ASIDES: Readonly<Record<string, string>> = {
  note: 'Note',
  tip: 'Tip',
  warning: 'Warning',
  guide: 'Where the guide is imprecise',
};

/** remark-directive adds these to mdast's nodes. */
type Directive = Extract<Nodes, { type: 'containerDirective' | 'leafDirective' | 'textDirective' }>;
type ContainerDirective = Extract<Nodes, { type: 'containerDirective' }>;
type LeafDirective = Extract<Nodes, { type: 'leafDirective' }>;

/**
 * The lesson's own Markdown: `:::note`, `:::tip`, `:::warning`, `:::guide`; code fences `sh run`, `sh type`,
 * `yaml file=NAME`, `output`, and the same as containers around a fence (`:::run`, `:::type`, `:::file{path=NAME}`);
 * `:::quiz{id=NAME}`, `:::predict` (what follows its `---` is hidden at first), `::cluster` and `::path{to=NAME port=80}`;
 * in chapters `:::diagram{name=NAME}` around a caption.
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
  if (directive.type === 'leafDirective' && describePicture(directive)) return;
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
  if (directive.name === 'quiz') describeQuiz(directive);
  if (directive.name === 'predict') describePrediction(directive);
  if (directive.name === 'diagram') describeDiagram(directive);
  const path = directive.attributes?.path;
  transform(directive, {
    ...inherited,
    ...(directive.name === 'run' ? { run: true } : {}),
    ...(directive.name === 'type' ? { type: true } : {}),
    ...(directive.name === 'file' && path ? { file: path } : {}),
  });
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** A Pod, with its namespace unless that is `default`. */
const SENDER = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\/)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;
const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/** A question: the page makes its list of choices answerable. */
function describeQuiz(directive: ContainerDirective): void {
  const id = directive.attributes?.id ?? '';
  if (!NAME.test(id)) return;
  directive.data = { hName: 'section', hProperties: { className: ['quiz'], dataQuiz: id } };
}

/** A drawing of a chapter: what the author wrote in it stands below as its caption. */
function describeDiagram(directive: ContainerDirective): void {
  const name = directive.attributes?.name ?? '';
  if (!NAME.test(name)) return;
  directive.data = { hName: 'figure', hProperties: { dataDiagram: name } };
  // A block quote stands in for the element that mdast has no word for.
  directive.children = [
    { type: 'blockquote', data: { hName: 'figcaption' }, children: directive.children },
  ] as ContainerDirective['children'];
}

/** A question to oneself, and behind a fold what really happens. */
function describePrediction(directive: ContainerDirective): void {
  directive.data = { hName: 'section', hProperties: { className: ['predict'] } };
  const at = directive.children.findIndex(({ type }) => type === 'thematicBreak');
  if (at < 0) return;
  const answer = directive.children.splice(at).slice(1);
  const summary: Paragraph = {
    type: 'paragraph',
    data: { hName: 'summary' },
    children: [{ type: 'text', value: 'I have an answer: show what happens' }],
  };
  // A block quote stands in for the element that mdast has no word for.
  directive.children.push({
    type: 'blockquote',
    data: { hName: 'details' },
    children: [summary, ...answer],
  });
}

/** Directives around other Markdown. */
export const CONTAINERS = [...Object.keys(ASIDES), 'quiz', 'predict', 'run', 'type', 'file', 'diagram'];
/** Directives that stand by themselves. */
export const LEAVES = ['cluster', 'path'];

/** What is wrong with a directive, so that it would be shown as it is written; undefined when it is right. */
export function complaintOf(directive: Directive): string | undefined {
  const { name, attributes } = directive;
  if (directive.type === 'textDirective') return undefined;
  if (directive.type === 'containerDirective') {
    if (!CONTAINERS.includes(name)) return `:::${name} is no directive; there are: ${CONTAINERS.join(', ')}`;
    if (name === 'quiz' && !NAME.test(attributes?.id ?? ''))
      return ':::quiz needs an id of lower-case words joined by hyphens: :::quiz{id=which-port}';
    if (name === 'file' && !FILE.test(attributes?.path ?? ''))
      return ':::file needs a path: :::file{path=web.yaml}';
    return undefined;
  }
  if (name === 'cluster') return undefined;
  if (name !== 'path')
    return `::${name} is no directive; there are: ${LEAVES.map((leaf) => `::${leaf}`).join(', ')}`;
  const { to, port = '80', from } = attributes ?? {};
  if (!HOST.test(to ?? '')) return '::path needs the name that is called: ::path{to=web port=80}';
  if (!/^\d{1,5}$/.test(port ?? '')) return `::path: port must be a number, is "${port}"`;
  return from === undefined || from === null || SENDER.test(from)
    ? undefined
    : `::path: from must be a Pod, or NAMESPACE/POD, is "${from}"`;
}

/** A place for a picture that the page draws from the cluster's state. */
function describePicture(directive: LeafDirective): boolean {
  const { to = '', port = '80', from = '' } = directive.attributes ?? {};
  if (directive.name === 'cluster') {
    directive.data = { hName: 'div', hProperties: { dataPicture: 'cluster' } };
    return true;
  }
  if (complaintOf(directive) !== undefined) return false;
  const source = from ? { dataFrom: from } : {};
  directive.data = {
    hName: 'div',
    hProperties: { dataPicture: 'path', dataTo: to, dataPort: port, ...source },
  };
  return true;
}
