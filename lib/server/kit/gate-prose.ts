import { fleschKincaid } from 'flesch-kincaid';
import type { Nodes } from 'mdast';
import { syllable } from 'syllable';
import type { Lab } from '../../labs';
import { complaintOf } from '../lesson-directives';
import { parseLesson } from './lesson-blocks';
import { TO_WRITE } from './to-write';

/** Flesch–Kincaid grade: what a reader of so many school years follows easily. Longer sentences must be cut. */
const HARDEST_GRADE = 10;
/** Fewer words tell nothing of how hard a text is. */
const LEAST_WORDS = 40;
const QUIZ_CHECKS = ['quiz'];

/** Reading level, headings, links and questions of the lesson. */
export function gateProse(lab: Lab, pages: ReadonlySet<string>): string[] {
  return [
    ...lab.steps.flatMap(({ file, markdown }) => [
      ...readingLevel(file, markdown),
      ...headings(file, markdown),
      ...links(file, markdown, pages),
      ...directives(file, markdown),
    ]),
    ...questions(lab),
    ...drafts(lab),
  ];
}

/** What a draft left to its author has to be written before anybody reads it. */
function drafts({ steps, title, summary, aims, tasks, hints, debrief }: Lab): string[] {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ...steps.map(({ file, markdown }) => [file, markdown] as const),
    ['lab.yaml', [title, summary, ...aims, ...tasks.map(({ text }) => text)].join('\n')],
    ['lab.yaml, hints', hints.map(({ text }) => text).join('\n')],
    ['private/debrief.md', debrief],
  ];
  return texts.flatMap(([file, text]) => {
    const left = text?.split('\n').find((line) => line.includes(TO_WRITE));
    return left === undefined ? [] : [`${file}: still has "${left.trim().slice(0, 60)}" of the draft`];
  });
}

/** The running text: no code, no tables, no headings. */
export function proseOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'inlineCode') return 'code';
  if (node.type === 'code' || node.type === 'table' || node.type === 'heading' || node.type === 'html')
    return '';
  if (!('children' in node)) return '';
  const inner = node.children.map(proseOf).join('');
  return node.type === 'paragraph' ? `${inner}\n` : inner;
}

/** The school years that a text asks for; undefined when it is too short to tell. */
export function gradeOfText(text: string): number | undefined {
  const sentences = text.split(/[.!?:;]+[\s)]|\n/).filter((each) => /[A-Za-z]/.test(each));
  const words = text.match(/[A-Za-z][A-Za-z'-]*/g) ?? [];
  if (words.length < LEAST_WORDS) return undefined;
  const syllables = words.reduce((sum, word) => sum + syllable(word), 0);
  return fleschKincaid({ sentence: sentences.length, word: words.length, syllable: syllables });
}

/** Grades of texts read before: counting syllables takes longer than all else here. */
const known = new Map<string, number | undefined>();
const MAX_KNOWN = 1000;

function gradeOf(markdown: string): number | undefined {
  if (!known.has(markdown)) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(markdown, gradeOfText(proseOf(parseLesson(markdown))));
  }
  return known.get(markdown);
}

function readingLevel(file: string, markdown: string): string[] {
  const grade = gradeOf(markdown);
  if (grade === undefined || grade <= HARDEST_GRADE) return [];
  return [`${file}: reads at school year ${grade.toFixed(1)}; at most ${HARDEST_GRADE}: shorten sentences`];
}

function nodesOf(node: Nodes): Nodes[] {
  return 'children' in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}

/** The page gives each step its title; headings inside begin at the second level and skip none. */
function headings(file: string, markdown: string): string[] {
  let level = 1;
  const failures: string[] = [];
  for (const node of nodesOf(parseLesson(markdown))) {
    if (node.type !== 'heading') continue;
    const line = node.position?.start.line ?? 1;
    if (node.depth === 1)
      failures.push(`${file}:${line}: begin headings with ##; the step's title is the first`);
    else if (node.depth > level + 1)
      failures.push(`${file}:${line}: a heading of level ${node.depth} under one of level ${level}`);
    level = node.depth;
  }
  return failures;
}

/** A directive that nobody knows would be shown as it is written, or its text lost among the prose. */
function directives(file: string, markdown: string): string[] {
  return nodesOf(parseLesson(markdown)).flatMap((node) => {
    if (node.type !== 'containerDirective' && node.type !== 'leafDirective') return [];
    const complaint = complaintOf(node);
    return complaint === undefined ? [] : [`${file}:${node.position?.start.line ?? 1}: ${complaint}`];
  });
}

function links(file: string, markdown: string, pages: ReadonlySet<string>): string[] {
  return nodesOf(parseLesson(markdown)).flatMap((node) => {
    if (node.type !== 'link') return [];
    const line = node.position?.start.line ?? 1;
    const { url } = node;
    if (url.startsWith('https://') || url.startsWith('#')) return [];
    if (!url.startsWith('/')) return [`${file}:${line}: link ${url}: begin it with / or https://`];
    const page = url.replace(/[#?].*$/, '');
    return pages.has(page) ? [] : [`${file}:${line}: there is no page ${page}`];
  });
}

/** Each question of the lesson is judged or a prediction, and each one judged is in the lesson. */
function questions(lab: Lab): string[] {
  const asked = lab.steps.flatMap(({ markdown }) =>
    nodesOf(parseLesson(markdown)).flatMap((node) =>
      node.type === 'containerDirective' && node.name === 'quiz' ? [node.attributes?.id ?? ''] : [],
    ),
  );
  const judged = lab.tasks
    .flatMap(({ checks }) => checks)
    .filter(({ type }) => QUIZ_CHECKS.includes(type))
    .map(({ fields }) => (fields as { question: string }).question);
  return [
    ...judged
      .filter((id) => !asked.includes(id))
      .map((id) => `no step asks the question "${id}" (:::quiz{id=${id}})`),
    ...asked
      .filter((id) => !judged.includes(id))
      .map((id) => `no check judges the question "${id}"; a :::predict needs none`),
  ];
}
