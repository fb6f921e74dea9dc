import { goJson, isRecord } from '../../base';
import { goTypeName, goValueText } from './go-text';
import type { PathNode, SliceParam } from './parse-path';

/** A template that fits its data ill; the message is client-go's. */
export class PathError extends Error {}

/** How strict evaluation is: a missing key is nothing, or an error. */
export interface PathOptions {
  readonly allowMissingKeys: boolean;
}

/** The values each action of a template finds, text included, in order (JSONPath.FindResults). */
export function findPath(
  nodes: readonly PathNode[],
  data: unknown,
  options: PathOptions,
): readonly (readonly unknown[])[] {
  const out: unknown[][] = [];
  if (run(nodes, 0, data, options, out) < nodes.length) throw new PathError('not in range, nothing to end');
  return out;
}

/** Runs top-level nodes from `start` to the end or a range's `{end}`; returns where it stopped. */
function run(
  nodes: readonly PathNode[],
  start: number,
  data: unknown,
  options: PathOptions,
  out: unknown[][],
): number {
  for (let index = start; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (!node) continue;
    const word = leadingWord(node);
    if (word === 'end') return index;
    if (word === 'range' && node.kind === 'list') {
      const values = walkAll(node.nodes.slice(1), [data], options);
      let end = index;
      for (const value of values) end = run(nodes, index + 1, value, options, out);
      if (values.length === 0) end = run(nodes, index + 1, undefined, { allowMissingKeys: true }, []);
      index = end;
      continue;
    }
    out.push([...walk(node, [data], options)]);
  }
  return nodes.length;
}

function leadingWord(node: PathNode): string | undefined {
  const first = node.kind === 'list' ? node.nodes[0] : undefined;
  return first?.kind === 'identifier' ? first.name : undefined;
}

function walkAll(
  nodes: readonly PathNode[],
  input: readonly unknown[],
  options: PathOptions,
): readonly unknown[] {
  return nodes.reduce<readonly unknown[]>((values, node) => walk(node, values, options), input);
}

function walk(node: PathNode, input: readonly unknown[], options: PathOptions): readonly unknown[] {
  switch (node.kind) {
    case 'list':
      return walkAll(node.nodes, input, options);
    case 'text':
    case 'number':
    case 'bool':
      return input.length === 0 && node.kind !== 'text' ? [] : [node.value];
    case 'identifier':
      throw new PathError(`unrecognized identifier ${node.name}`);
    case 'field':
      return field(node.name, input, options);
    case 'wildcard':
      return input.flatMap(children);
    case 'recursive':
      return input.flatMap(descend);
    case 'array':
      return input.flatMap((value) => slice(value, node.params));
    case 'union':
      return node.members.flatMap((member) => walkAll(member, input, options));
    case 'filter':
      return input.flatMap((value) => filter(value, node, options));
  }
}

const children = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? sortedValues(value) : [];
};

const sortedValues = (map: Readonly<Record<string, unknown>>) =>
  Object.keys(map)
    .sort()
    .map((key) => map[key])
    .filter((value) => value !== undefined);

function descend(value: unknown): readonly unknown[] {
  const inner = children(value);
  return inner.length === 0 ? [] : [value, ...inner.flatMap(descend)];
}

function field(name: string, input: readonly unknown[], options: PathOptions): readonly unknown[] {
  if (name === '') return input;
  const found = input.flatMap((value) => {
    const inner = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    return inner === undefined ? [] : [inner];
  });
  if (found.length === 0 && !options.allowMissingKeys) throw new PathError(`${name} is not found`);
  return found;
}

function slice(value: unknown, params: readonly (SliceParam | undefined)[]): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new PathError(`${goTypeName(value)} is not array or slice`);
  const { length } = value;
  let from = params[0]?.value ?? 0;
  if (from < 0) from += length;
  let to = params[1]?.value ?? length;
  if (to < 0 || (to === 0 && params[1]?.derived)) to += length;
  if (from === to) return [];
  if (from >= length || from < 0)
    throw new PathError(`array index out of bounds: index ${from}, length ${length}`);
  if (to > length || to < 0)
    throw new PathError(`array index out of bounds: index ${to - 1}, length ${length}`);
  if (from > to) throw new PathError(`starting index ${from} is greater than ending index ${to}`);
  const step = params[2]?.value ?? 1;
  if (step <= 0) throw new PathError('step must be > 0');
  return value.slice(from, to).filter((_item, index) => index % step === 0);
}

type Filter = Extract<PathNode, { kind: 'filter' }>;

function filter(value: unknown, node: Filter, options: PathOptions): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) {
    throw new PathError(`${goValueText(value)} is not array or slice and cannot be filtered`);
  }
  return value.filter((item) => {
    const lefts = walkAll(node.left, [item], { ...options, allowMissingKeys: true });
    if (node.operator === 'exists') return lefts.length > 0;
    if (lefts.length === 0) return false;
    if (lefts.length > 1) throw new PathError("can't compare lists");
    const rights = walkAll(node.right, [item], { ...options, allowMissingKeys: true });
    if (rights.length === 0) return false;
    if (rights.length > 1) throw new PathError("can't compare lists");
    return compare(lefts[0], rights[0], node.operator);
  });
}

function compare(left: unknown, right: unknown, operator: string): boolean {
  if (typeof left !== typeof right) throw new PathError('incompatible types for comparison');
  const less = (a: unknown, b: unknown) => (typeof a === 'number' ? a < Number(b) : String(a) < String(b));
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return less(left, right);
    case '>':
      return less(right, left);
    case '<=':
      return !less(right, left);
    case '>=':
      return !less(left, right);
    default:
      throw new PathError(`unrecognized filter operator ${operator}`);
  }
}

/** A template's results as text: values of one action are joined by blanks. */
export function renderPath(nodes: readonly PathNode[], data: unknown, options: PathOptions): string {
  return findPath(nodes, data, options)
    .map((values) => values.map(valueText).join(' '))
    .join('');
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? goJson(value) : goValueText(value);
}
