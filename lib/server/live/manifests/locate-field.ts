import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';

/** A stretch of a text; lines and columns count from 1, and the end is behind the last character. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a node stands in its text; of a mapping or a list, where it begins. */
export function rangeOf(node: Node, lines: LineCounter): TextRange {
  const [from = 0, to = from] = node.range ?? [];
  const start = lines.linePos(from);
  const end = isScalar(node) ? lines.linePos(to) : { line: start.line, col: start.col + 1 };
  return { line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
}

/**
 * The node of an object's document that a field path of the API means ("spec.ports[0].port", "metadata.labels.app",
 * "spec.selector[app.kubernetes.io/name]"). Where the path leads further than the text does, it is the last that is there:
 * whoever misses a field looks for it where it belongs. A scalar is meant itself, a mapping or a list by its key; or a field's name is
 * meant, where that is what is wrong.
 */
export function locateField(
  document: Document | Node,
  field: string,
  meant: 'value' | 'name' = 'value',
): Node | undefined {
  const root = 'contents' in document ? (document.contents as Node | null) : document;
  let at: Node | undefined = root ?? undefined;
  let shown: Node | undefined;
  let rest = field;
  while (rest !== '' && at !== undefined) {
    const step = next(at, rest);
    if (step === undefined) break;
    ({ at, rest } = step);
    const tells = meant === 'value' && isScalar(at) && at.range?.[0] !== at.range?.[1];
    shown = tells ? at : (step.key ?? at);
  }
  return shown;
}

interface Step {
  readonly at: Node | undefined;
  readonly key?: Node | undefined;
  readonly rest: string;
}

function next(at: Node, path: string): Step | undefined {
  if (isSeq(at)) return nextItem(at.items as readonly Node[], path);
  if (!isMap(at)) return undefined;
  // A label's name may hold dots: the longest key that fits is meant.
  const found = (at.items as readonly Pair<Node, Node | null>[])
    .flatMap((pair) => {
      const after = isScalar(pair.key) ? afterKey(path, String(pair.key.value)) : undefined;
      return after === undefined ? [] : [{ at: pair.value ?? undefined, key: pair.key, rest: after }];
    })
    .sort((a, b) => a.rest.length - b.rest.length);
  return found[0];
}

/** What of a path follows a key; undefined when it does not begin with it. */
function afterKey(path: string, key: string): string | undefined {
  for (const way of [`[${key}]`, `["${key}"]`, key]) {
    if (!path.startsWith(way)) continue;
    const after = path.slice(way.length);
    if (after === '' || after.startsWith('[')) return after;
    if (after.startsWith('.')) return after.slice(1);
  }
  return undefined;
}

const INDEX = /^\[(\d+)\]\.?/;

function nextItem(items: readonly Node[], path: string): Step | undefined {
  const index = INDEX.exec(path);
  if (index !== null) {
    const item = items[Number(index[1])];
    return item && { at: item, key: item, rest: path.slice(index[0].length) };
  }
  // Go's decoder names no places in lists; the first item that has the field is as good as any.
  return items.map((item) => next(item, path)).find((step) => step !== undefined);
}
