import { isNode, LineCounter, parseDocument } from 'yaml';
import type { ZodType, z } from 'zod';
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
  const issue = deepest(result.error.issues[0]);
  const path = (issue?.path ?? []).map((part) => (typeof part === 'symbol' ? part.toString() : part));
  throw new LabError(
    file,
    lineOf(document, lines, path),
    `${path.join('.') || 'the document'}: ${issue?.message}`,
  );
}

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** Of a value that may take several forms: what is wrong with it in the form that it is nearest to. */
function deepest(issue: z.core.$ZodIssue | undefined): Issue | undefined {
  if (issue?.code !== 'invalid_union') return issue;
  const branches = issue.errors.flatMap(([first]) => (first === undefined ? [] : [deepest(first) ?? first]));
  const wrongKind = (each: Issue): boolean =>
    each.path.length === 0 && 'code' in each && each.code === 'invalid_type';
  const nearest = branches
    .filter((each) => !wrongKind(each))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (nearest !== undefined) return { ...nearest, path: [...issue.path, ...nearest.path] };
  const wanted = branches.map(({ message }) => message.replace(/^Invalid input: /, '')).join(', or ');
  return branches.length === 0 ? issue : { path: issue.path, message: `Invalid input: ${wanted}` };
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
