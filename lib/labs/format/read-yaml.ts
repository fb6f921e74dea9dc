import { isNode, LineCounter, parseAllDocuments, parseDocument } from 'yaml';
import type { ZodType } from 'zod';
import { findKindOf, type KubeObject } from '../../api';
import { explainIssue } from './explain-issue';
import { LabError } from './lab-error';

/** Reads one YAML file against a schema; the first thing wrong is thrown as a `LabError` with its line. */
export function readYaml<T>(file: string, text: string, schema: ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) throw new LabError(file, lines.linePos(broken.pos[0]).line, sentenceOf(broken.message));
  const value: unknown = document.toJS();
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { path, message } = explainIssue(result.error, schema, value);
  throw new LabError(file, lineOf(document, lines, path), `${path.join('.') || 'the document'}: ${message}`);
}

/** The parser's complaint without the place, which is told apart. */
const sentenceOf = (message: string): string =>
  (message.split('\n')[0] ?? 'not YAML').replace(/ at line \d+, column \d+:?$/, '');

/** The line (1-based) at which a part of a YAML text stands, by its path; of the nearest part around it that there is. */
export function lineAt(text: string, path: readonly (string | number)[]): number | undefined {
  const lines = new LineCounter();
  return lineOf(parseDocument(text, { lineCounter: lines }), lines, path);
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

/** The Kubernetes objects of a YAML file of one or more documents. */
export function readObjects(file: string, text: string): KubeObject[] {
  const lines = new LineCounter();
  const objects: KubeObject[] = [];
  for (const document of parseAllDocuments(text, { lineCounter: lines })) {
    const broken = document.errors[0];
    if (broken) throw new LabError(file, lines.linePos(broken.pos[0]).line, sentenceOf(broken.message));
    const object: unknown = document.toJS();
    if (object === null) continue;
    const line = document.contents?.range ? lines.linePos(document.contents.range[0]).line : undefined;
    if (!isObject(object))
      throw new LabError(file, line, 'every document needs apiVersion, kind and metadata');
    if (findKindOf(object) === undefined)
      throw new LabError(file, line, `the API does not serve ${object.kind} (${object.apiVersion})`);
    objects.push(object);
  }
  return objects;
}

const isObject = (value: unknown): value is KubeObject =>
  typeof value === 'object' &&
  value !== null &&
  'apiVersion' in value &&
  'kind' in value &&
  'metadata' in value;
