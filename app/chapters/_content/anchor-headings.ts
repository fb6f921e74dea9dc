/** A heading of a chapter, for its table of contents. */
export interface Heading {
  readonly id: string;
  readonly text: string;
}

/** A chapter's prose as sanitised HTML, with anchors on its headings. */
export interface Prose {
  readonly html: string;
  readonly headings: readonly Heading[];
}

const TAGS = /<[^>]+>/g;
const ENTITIES = /&[#a-z0-9]+;/gi;

/** An anchor for a heading's text: "The path of a request" → "the-path-of-a-request". */
function anchor(text: string): string {
  return text
    .replace(ENTITIES, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Gives second-level headings ids and lists them. */
export function anchorHeadings(html: string): Prose {
  const headings: Heading[] = [];
  const anchored = html.replace(/<h2[^>]*>(.*?)<\/h2>/gs, (_match, inner: string) => {
    const text = inner.replace(TAGS, '');
    const id = anchor(text);
    headings.push({ id, text });
    return `<h2 id="${id}">${inner}</h2>`;
  });
  return { html: anchored, headings };
}
