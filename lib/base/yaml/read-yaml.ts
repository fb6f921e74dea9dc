import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { resolvePlain } from './resolve';
import { yamlErrorText } from './yaml-errors';

/** A key that its mapping has already; `line` is where it comes again. */
export interface DuplicateKey {
  readonly key: string;
  readonly line: number;
}

/** A YAML document as JSON, or go-yaml's words about what is wrong with it ("yaml: line 4: …"). */
export type ReadYaml =
  | { readonly value: unknown; readonly duplicates: readonly DuplicateKey[] }
  | { readonly error: string };

/** Reads one YAML document with go-yaml's reading of plain scalars. */
export function readYaml(text: string): ReadYaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, strict: true, lineCounter });
  const problem = document.errors[0];
  if (problem) return { error: yamlErrorText(problem, text) };
  const reading: Reading = { anchors: new Map(), duplicates: [], lineCounter, nodes: 0, repeated: 0 };
  try {
    return { value: toJson(document.contents, reading), duplicates: reading.duplicates };
  } catch (error) {
    if (error instanceof Unreadable) return { error: `yaml: ${error.message}` };
    throw error;
  }
}

class Unreadable extends Error {}

interface Reading {
  /** What anchors stand for, and how many nodes that is. */
  readonly anchors: Map<string, { readonly value: unknown; readonly nodes: number }>;
  readonly duplicates: DuplicateKey[];
  readonly lineCounter: LineCounter;
  nodes: number;
  /** How many of the nodes came by way of an alias. */
  repeated: number;
}

function toJson(node: Node | null | undefined, reading: Reading): unknown {
  reading.nodes += 1;
  if (!node) return null;
  if (isAlias(node)) return repeat(node.source, reading);
  const before = reading.nodes;
  let value: unknown;
  if (isScalar(node)) value = scalarValue(node);
  else if (isSeq(node)) value = node.items.map((item) => toJson(item as Node, reading));
  else if (isMap(node)) value = mapValue(node, reading);
  else value = null;
  if (node.anchor) reading.anchors.set(node.anchor, { value, nodes: reading.nodes - before + 1 });
  return value;
}

function repeat(anchor: string, reading: Reading): unknown {
  const found = reading.anchors.get(anchor);
  if (!found) throw new Unreadable(`unknown anchor '${anchor}' referenced`);
  reading.nodes += found.nodes;
  reading.repeated += found.nodes;
  if (isExcessive(reading)) throw new Unreadable('document contains excessive aliasing');
  return found.value;
}

const FEW_NODES = 400_000;
const MANY_NODES = 4_000_000;

/** go-yaml's guard against a small text that stands for an enormous document (allowedAliasRatio). */
function isExcessive({ nodes, repeated }: Reading): boolean {
  if (nodes <= 100) return false;
  const excess = Math.max(0, Math.min(1, (nodes - FEW_NODES) / (MANY_NODES - FEW_NODES)));
  return repeated / nodes > 0.99 - 0.89 * excess;
}

function scalarValue(node: Scalar): unknown {
  const source = typeof node.value === 'string' ? node.value : String(node.value ?? '');
  if (node.tag?.endsWith(':str') || (node.type !== 'PLAIN' && node.type !== undefined)) return source;
  return resolvePlain(source).value;
}

function mapValue(node: YAMLMap, reading: Reading): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const pair of node.items) {
    const read = toJson(pair.key as Node, reading);
    const value = toJson(pair.value as Node, reading);
    if (read === '<<') {
      mergeInto(result, value);
      continue;
    }
    const key = typeof read === 'string' ? read : String(read);
    if (Object.hasOwn(result, key)) reading.duplicates.push({ key, line: lineOf(pair.key as Node, reading) });
    set(result, key, value);
  }
  return result;
}

const lineOf = (node: Node, { lineCounter }: Reading): number =>
  lineCounter.linePos(node.range?.[0] ?? 0).line;

function mergeInto(result: Record<string, unknown>, value: unknown): void {
  const sources = Array.isArray(value) ? value : [value];
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue;
    for (const [key, each] of Object.entries(source)) if (!Object.hasOwn(result, key)) set(result, key, each);
  }
}

/** A key of any name is a property, "__proto__" too. */
function set(result: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') result[key] = value;
  else Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
}
