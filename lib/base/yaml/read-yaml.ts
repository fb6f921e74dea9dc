import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { resolvePlain } from './resolve';
import { yamlErrorText } from './yaml-errors';

/** A YAML document as JSON, or go-yaml's words about what is wrong with it ("yaml: line 4: …"). */
export type ReadYaml = { readonly value: unknown } | { readonly error: string };

/** Reads one YAML document with go-yaml's reading of plain scalars. */
export function readYaml(text: string): ReadYaml {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, strict: true });
  const problem = document.errors[0];
  if (problem) return { error: yamlErrorText(problem, text) };
  const anchors = new Map<string, unknown>();
  try {
    return { value: toJson(document.contents, anchors) };
  } catch (error) {
    if (error instanceof UnknownAnchor)
      return { error: `yaml: unknown anchor '${error.message}' referenced` };
    throw error;
  }
}

class UnknownAnchor extends Error {}

function toJson(node: Node | null | undefined, anchors: Map<string, unknown>): unknown {
  if (!node) return null;
  if (isAlias(node)) {
    if (!anchors.has(node.source)) throw new UnknownAnchor(node.source);
    return anchors.get(node.source);
  }
  let value: unknown;
  if (isScalar(node)) value = scalarValue(node);
  else if (isSeq(node)) value = node.items.map((item) => toJson(item as Node, anchors));
  else if (isMap(node)) value = mapValue(node, anchors);
  else value = null;
  if (node.anchor) anchors.set(node.anchor, value);
  return value;
}

function scalarValue(node: Scalar): unknown {
  const source = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  if (node.tag?.endsWith(':str') || (node.type !== 'PLAIN' && node.type !== undefined)) return source;
  return resolvePlain(source).value;
}

function mapValue(node: YAMLMap, anchors: Map<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of node.items) {
    const key = toJson(pair.key as Node, anchors);
    const value = toJson(pair.value as Node, anchors);
    if (key === '<<') mergeInto(result, value);
    else result[typeof key === 'string' ? key : String(key)] = value;
  }
  return result;
}

function mergeInto(result: Record<string, unknown>, value: unknown): void {
  const sources = Array.isArray(value) ? value : [value];
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue;
    for (const [key, each] of Object.entries(source)) if (!(key in result)) result[key] = each;
  }
}
