import { Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseAllDocuments } from 'yaml';
import { isJqArray, isJqObject, type JqValue, jqNumberOf } from '../../base';

/** A text that is no YAML; the message is go-yaml's. */
export class YamlTextError extends Error {
  override name = 'YamlTextError';
}

/** The documents of a YAML stream, comments and all. */
export function readDocuments(text: string): readonly Document[] {
  const documents = parseAllDocuments(text, { uniqueKeys: false, version: '1.2' });
  if (!Array.isArray(documents)) return [];
  for (const document of documents) {
    const [problem] = document.errors;
    if (problem !== undefined)
      throw new YamlTextError(
        `yaml: line ${problem.linePos?.[0].line ?? 1}: ${problem.message.split('\n')[0]}`,
      );
  }
  return documents.length === 0 ? [new Document(null)] : documents;
}

/** A node as a value; aliases are followed. */
export function valueOfNode(node: unknown, document: Document): JqValue {
  if (isAlias(node)) return valueOfNode(node.resolve(document), document);
  if (isSeq(node)) return node.items.map((item) => valueOfNode(item, document));
  if (isMap(node)) return new Map(node.items.map((pair) => [keyOf(pair), valueOfNode(pair.value, document)]));
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : String(value);
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** A value as the plain data that the YAML library takes; keys keep their order. */
export function plainOf(value: JqValue): unknown {
  if (isJqArray(value)) return value.map(plainOf);
  if (isJqObject(value)) return new Map([...value].map(([key, each]) => [key, plainOf(each)]));
  return typeof value === 'object' && value !== null ? jqNumberOf(value) : value;
}

/** Changes a document so that it says `next`; what stays the same keeps its comments and its style. */
export function updateDocument(document: Document, before: JqValue, next: JqValue): void {
  if (before === next) return;
  document.contents = updated(document, document.contents, before, next) as Document['contents'];
}

function updated(document: Document, node: unknown, before: JqValue, next: JqValue): unknown {
  if (before === next && node !== undefined) return node;
  if (isMap(node) && isJqObject(before) && isJqObject(next)) {
    for (const key of before.keys()) if (!next.has(key)) node.delete(key);
    for (const [key, value] of next) {
      const old = before.get(key);
      if (old === value && before.has(key)) continue;
      node.set(key, updated(document, node.get(key, true), old ?? null, value));
    }
    return node;
  }
  if (isSeq(node) && isJqArray(before) && isJqArray(next)) {
    // Items that stay keep their comments: they are found again by what they are.
    const items = node.items;
    node.items = next.map((value, at) => {
      const same = before.indexOf(value);
      if (same >= 0 && typeof value === 'object') return items[same];
      return updated(document, items[at], before[at] ?? null, value);
    });
    return node;
  }
  const made = document.createNode(plainOf(next)) as Node;
  if (isScalar(node) && isScalar(made)) {
    if (typeof node.value === typeof made.value && node.type !== undefined) made.type = node.type;
    made.comment = node.comment ?? null;
    made.commentBefore = node.commentBefore ?? null;
  }
  return made;
}
