import { withNames } from '../../labs';

/** What of Killercoda's Markdown has nothing to become here, and what an author should do about it. */
const LEFT_OUT: readonly (readonly [RegExp, string, string])[] = [
  [/!\[[^\]]*\]\([^)]*\)/g, '', 'a picture is left out; ::cluster and ::path draw the cluster as it is'],
  [
    /\[([^\]\n]*)\]\(\s*\{\{\s*TRAFFIC_[^}]*\}\}[^)]*\)/g,
    '$1',
    'a link to a port of the machine is left out; curl a node port from the office instead',
  ],
  [/\{\{\s*TRAFFIC_[^}]*\}\}/g, '', 'the address of a port of the machine is left out'],
  [/<\/?(?:details|summary|br|img|p|div|span|center|a|b|i|u|kbd|sup|sub)\b[^>]*>/gi, '', 'HTML is left out'],
];

const FENCE =
  /^([ \t]*)```[^\n]*\n([\s\S]*?)^[ \t]*```[ \t]*(?:\{\{\s*(exec(?:ute)?|copy)[^}]*\}\})?[ \t]*$/gm;
/** Stands around the number of a block while it is apart: no text has this sign (of Unicode's private use). */
const APART = '\uE000';
const BUTTON = /`([^`\n]+)`[ \t]*\{\{\s*(exec(?:ute)?|copy)[^}]*\}\}/g;

/**
 * A step's text as a lesson: blocks and pieces of text with a button become `run` and `type` blocks (a piece stays in its
 * sentence, and its block follows the paragraph), headings move one level down, and what cannot be is told.
 */
export function takeMarkdown(text: string, file: string, report: string[]): string {
  const blocks: string[] = [];
  // Code stands apart while the prose is rewritten, so that nothing in it is taken for Markdown.
  const prose = text.replace(FENCE, (all, indent: string, code: string, how: string | undefined) => {
    blocks.push(how === undefined ? all : fence(code.trimEnd(), how, indent));
    return `${APART}${blocks.length - 1}${APART}`;
  });
  let taken = prose;
  for (const [pattern, instead, what] of LEFT_OUT) {
    const next = taken.replace(pattern, instead);
    if (next !== taken) report.push(`look at ${file}: ${what}`);
    taken = next;
  }
  const lesson = taken
    .replace(/^(#{1,5} )/gm, '#$1')
    .split(/\n{2,}/)
    .map(withBlocks)
    .join('\n\n')
    .replace(new RegExp(`${APART}(\\d+)${APART}`, 'g'), (_all, index: string) => blocks[Number(index)] ?? '');
  return lesson.trim() === '' ? 'This step had no text.\n' : withoutPlaces(tidied(lesson), file, report);
}

const fence = (code: string, how: string, indent = ''): string =>
  `${indent}\`\`\`sh ${how === 'copy' ? 'type' : 'run'}\n${code}\n${indent}\`\`\``;

/** A paragraph without buttons, and after it the blocks that they become; one that is a command alone is its block. */
function withBlocks(paragraph: string): string {
  const own: string[] = [];
  const text = paragraph.replace(BUTTON, (_all, code: string, how: string) => {
    own.push(fence(code, how));
    return `\`${code}\``;
  });
  const alone = own.length > 0 && /^\s*`[^`\n]+`[.:]?\s*$/.test(text);
  return [...(alone ? [] : [text]), ...own].join('\n\n');
}

/** Without the gaps that what was left out has left. */
const tidied = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;

/** Text in double braces would be a variable of the lab: what is none (a template of Helm or Go) loses its braces. */
export function withoutPlaces(text: string, file: string, report: string[]): string {
  const without = withNames(text);
  if (without !== text)
    report.push(`look at ${file}: text in double braces has lost them, since here they stand for variables`);
  return without;
}
