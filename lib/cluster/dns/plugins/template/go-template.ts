import { CorefileError } from '../../corefile/dispenser';

/** What a template can name: texts, lists of texts, and tables of texts. */
export type TemplateData = Readonly<
  Record<string, string | readonly string[] | Readonly<Record<string, string>>>
>;

/** A template of Go's text/template, as far as answers need it: fields, `index`, nothing else. */
export type Template = (data: TemplateData) => string;

/** Compiles a template; throws for what it does not know. */
export function compileTemplate(text: string): Template {
  const pieces: Template[] = [];
  let end = 0;
  for (const match of text.matchAll(/\{\{(-?)(.*?)(-?)\}\}/g)) {
    const plain = text.slice(end, match.index);
    const trimmed = match[1] === '-' ? plain.trimEnd() : plain;
    pieces.push(() => trimmed, expression((match[2] ?? '').trim(), text));
    end = match.index + match[0].length;
    if (match[3] === '-') end += text.slice(end).length - text.slice(end).trimStart().length;
  }
  const rest = text.slice(end);
  if (rest.includes('{{')) throw new CorefileError('template: answer:1: unclosed action');
  return (data) => pieces.map((piece) => piece(data)).join('') + rest;
}

function expression(source: string, text: string): Template {
  const field = /^(?:\.[A-Za-z_]\w*)+$/.exec(source);
  if (field !== null) {
    const path = source.slice(1).split('.');
    return (data) => pick(data, path);
  }
  const index = /^index\s+((?:\.[A-Za-z_]\w*)+)\s+(?:(\d+)|"([^"]*)")$/.exec(source);
  if (index !== null) {
    const path = [...(index[1] ?? '').slice(1).split('.'), index[2] ?? index[3] ?? ''];
    return (data) => pick(data, path);
  }
  if (/^"[^"]*"$/.test(source)) return () => source.slice(1, -1);
  throw new CorefileError(`template: answer:1: {{${source}}} is not simulated, in ${text}`);
}

/** A field's text; what is not there is shown as Go shows it. */
function pick(data: TemplateData, path: readonly string[]): string {
  let value: unknown = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return '<no value>';
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return typeof value === 'string' ? value : '<no value>';
}
