import { type LabSource, readLab } from '../../labs';
import { labView } from '../lab-view';

/** Shorter lines are anybody's. */
const LEAST_LENGTH = 20;

/**
 * What a page is sent of a lab has no line of `private/`, of its checks or of its start: save lines that stand in a public
 * text as well (a lesson may show a command that a solution uses).
 */
export async function gatePrivacy(source: LabSource): Promise<string[]> {
  const lab = readLab(source);
  const view = await labView(lab);
  const sent = textOf(JSON.stringify(view));
  const publicText = [
    ...lab.steps.map(({ markdown }) => markdown),
    ...lab.tasks.flatMap(({ title, text }) => [title, text]),
    ...lab.hints.map(({ text }) => text),
    lab.title,
    lab.summary,
    ...lab.aims,
  ].join('\n');
  const secrets = [...source.files].filter(([path]) => path.startsWith('private/'));
  return secrets.flatMap(([path, text]) => {
    const leaked = text
      .split('\n')
      .map((line) => line.trim())
      .find(
        (line) => line.length >= LEAST_LENGTH && sent.includes(textOf(line)) && !publicText.includes(line),
      );
    return leaked === undefined ? [] : [`what a browser is sent contains "${leaked}" of ${path}`];
  });
}

/** As written, however HTML and JSON escape it: markup, entities and blanks aside. */
const textOf = (html: string): string =>
  html
    .replace(/\\n/g, ' ')
    .replace(/\\"/g, '"')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x26;|&amp;/g, '&')
    .replace(/&#x3C;|&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/\s+/g, ' ');
