/** A word that the glossary explains. */
export interface GlossaryTerm {
  readonly id: string;
  readonly term: string;
}

/** Inside of these, words stay as they are: links, code, headings, captions and tables' heads. */
const CLOSED = new Set(['a', 'code', 'pre', 'h1', 'h2', 'h3', 'h4', 'summary', 'th', 'figcaption']);
const TAG = /<(\/?)([a-z0-9]+)[^>]*>/gi;

/** Links the first mention of each term to the glossary, unless the author linked it already. */
export function linkTerms(html: string, terms: readonly GlossaryTerm[]): string {
  const open = new Set(terms.filter(({ id }) => !html.includes(`/glossary#${id}"`)));
  // The longest first: "headless Service" before "Service".
  const order = [...open].sort((a, b) => b.term.length - a.term.length);
  let closed = 0;
  let from = 0;
  let linked = '';
  const text = (piece: string) => (closed > 0 ? piece : linkIn(piece, order, open));
  for (const tag of html.matchAll(TAG)) {
    linked += text(html.slice(from, tag.index)) + tag[0];
    if (CLOSED.has((tag[2] ?? '').toLowerCase())) closed += tag[1] === '/' ? -1 : 1;
    from = tag.index + tag[0].length;
  }
  return linked + text(html.slice(from));
}

function linkIn(text: string, order: readonly GlossaryTerm[], open: Set<GlossaryTerm>): string {
  const term = order.find((each) => open.has(each) && wordOf(each).test(text));
  if (term === undefined) return text;
  const found = wordOf(term).exec(text);
  if (found === null) return text;
  open.delete(term);
  const [word] = found;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + word.length);
  const link = `<a class="term" href="/glossary#${term.id}">${word}</a>`;
  return linkIn(before, order, open) + link + linkIn(after, order, open);
}

/** Kinds are written as they are; other words may begin a sentence. A plural is the same word. */
function wordOf({ term }: GlossaryTerm): RegExp {
  const [first = '', ...rest] = term;
  const literal = [...rest].join('').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const head = /[a-z]/.test(first) ? `[${first}${first.toUpperCase()}]` : first;
  return new RegExp(`(?<![\\w-])${head}${literal}s?(?![\\w-])`);
}
