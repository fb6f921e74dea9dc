import { isNode, LineCounter, parseDocument } from 'yaml';
import type { ZodType } from 'zod';
import { LabError } from './lab-error';

/** Reads one YAML file against a schema; the first thing wrong is thrown as a `LabError` with its line. */
export function readYaml<T>(file: string, text: string, schema: ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken)
    throw new LabError(file, lines.linePos(broken.pos[0]).line, broken.message.split('\n')[0] ?? 'not YAML');
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? part.toString() : part));
  throw new LabError(
    file,
    lineOf(document, lines, path),
    `${path.join('.') || 'the document'}: ${issue?.message}`,
  );
}

/** The line of the deepest part of `path` that the document has. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: readonly (string | number)[],
): number | undefined {
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
