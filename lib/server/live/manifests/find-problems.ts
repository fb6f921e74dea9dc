import { isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { ManifestProblem } from '../../protocol';
import type { KubectlRun, Refusal } from './kubectl-on-host';
import { locateField, rangeOf, type TextRange } from './locate-field';

/** What the API (or kubectl itself) has against a manifest, each where the text gives cause for it. */
export function findProblems(text: string, run: Pick<KubectlRun, 'err' | 'refusals'>): ManifestProblem[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, lineCounter: lines });
  const parsed = Array.isArray(documents) ? documents : [];
  for (const { errors } of parsed) {
    const [error] = errors;
    if (error !== undefined) return [{ ...pointAt(lines, ...error.pos), message: yamlWords(run.err) }];
  }
  const objects = parsed.flatMap(({ contents }) => objectsIn(contents as Node | null));
  const place = (node: Node | undefined): TextRange =>
    node === undefined ? { line: 1, column: 1, endLine: 1, endColumn: 1 } : rangeOf(node, lines);
  const refused = run.refusals.flatMap((refusal) => {
    const object = objectOf(objects, refusal);
    return complaintsOf(refusal).map(({ field, meant, message }) => ({
      ...place(object && (locateField(object, field, meant) ?? locateField(object, 'kind') ?? object)),
      message,
    }));
  });
  if (refused.length > 0) return distinct(refused);
  return distinct(
    objects.flatMap((object) => {
      const said = kubectlWords(object, run.err);
      return said === undefined
        ? []
        : [{ ...place(locateField(object, said.field) ?? object), message: said.message }];
    }),
  );
}

function pointAt(lines: LineCounter, from: number, to: number): TextRange {
  const [start, end] = [lines.linePos(from), lines.linePos(to)];
  return { line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
}

/** go-yaml's own words, out of kubectl's sentence. */
const yamlWords = (err: string): string => /(?<![.\w])yaml: .*/.exec(err)?.[0] ?? err.trim();

/** The objects of a document: itself, or a List's items. */
function objectsIn(node: Node | null): readonly Node[] {
  if (!isMap(node)) return [];
  const items = node.get('items', true);
  const isList = textAt(node, 'kind').endsWith('List') && isSeq(items);
  return isList ? (items.items as readonly Node[]).flatMap(objectsIn) : [node];
}

function textAt(node: Node, path: string): string {
  const found = locateField(node, path);
  return isScalar(found) ? String(found.value) : '';
}

/** The object that a refusal is about: by name, then by kind, then by namespace. */
function objectOf(objects: readonly Node[], { name, kind, resource, namespace }: Refusal): Node | undefined {
  const fits = (node: Node) =>
    kind === undefined
      ? resource.startsWith(textAt(node, 'kind').toLowerCase().replace(/y$/, ''))
      : textAt(node, 'kind') === kind;
  const named = objects.filter((node) => textAt(node, 'metadata.name') === name);
  const alike = named.filter(fits);
  return alike.find((node) => textAt(node, 'metadata.namespace') === namespace) ?? alike[0] ?? named[0];
}

interface Complaint {
  readonly field: string;
  readonly meant?: 'name';
  readonly message: string;
}

const STRICT = /(?:unknown|duplicate) field "((?:[^"\\]|\\.)*)"/g;
const WRONG_TYPE = /Go struct field [A-Za-z]+\.([\w.]+) of type/;

/** The fields that a refusal names; one that names none is about the object. */
function complaintsOf({ error }: Refusal): readonly Complaint[] {
  const { message = '', details } = error.status;
  const strict = [...message.matchAll(STRICT)].map(([said, field = '']) => ({
    field,
    meant: 'name' as const,
    message: said,
  }));
  if (strict.length > 0) return strict;
  const causes = (details?.causes ?? []).flatMap((cause) =>
    cause.field === undefined
      ? []
      : [{ field: cause.field, message: `${cause.field}: ${cause.message ?? ''}` }],
  );
  if (causes.length > 0) return causes;
  const wrong = WRONG_TYPE.exec(message)?.[1];
  const field = wrong ?? (error.reason === 'Conflict' ? 'metadata.resourceVersion' : 'metadata.name');
  return [{ field, message }];
}

/** What kubectl says of an object before the API is asked. */
function kubectlWords(object: Node, err: string): Complaint | undefined {
  const kind = textAt(object, 'kind');
  const apiVersion = textAt(object, 'apiVersion');
  const [said = ''] = err
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('Warning: '));
  const message = said.replace(/^error: /, '');
  if (message.includes(`no matches for kind "${kind}" in version "${apiVersion}"`))
    return { field: /^(?:v\d\w*|[\w.-]+\/v\d\w*)$/.test(apiVersion) ? 'kind' : 'apiVersion', message };
  const missing = ['apiVersion', 'kind'].find((field) => textAt(object, field) === '');
  if (missing !== undefined && message !== '')
    return { field: missing === 'kind' ? 'apiVersion' : 'kind', message };
  const field = /Go struct field ObjectMeta\.(metadata\.\w+) of type/.exec(message)?.[1];
  return field === undefined ? undefined : { field, message };
}

function distinct(problems: readonly ManifestProblem[]): ManifestProblem[] {
  return problems.filter(
    (problem, index) =>
      problems.findIndex(({ line, message }) => line === problem.line && message === problem.message) ===
      index,
  );
}
