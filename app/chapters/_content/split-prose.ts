/** A piece of a chapter: prose as sanitised HTML, or the place of a diagram with its caption's HTML. */
export type ProsePiece =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'diagram'; readonly name: string; readonly caption: string };

const DIAGRAM = /<figure data-diagram="([a-z0-9-]+)">\s*<figcaption>(.*?)<\/figcaption>\s*<\/figure>/gs;

/** Cuts a chapter's HTML where its diagrams stand; they stand between paragraphs, never inside of anything. */
export function splitProse(html: string): readonly ProsePiece[] {
  const pieces: ProsePiece[] = [];
  let from = 0;
  for (const found of html.matchAll(DIAGRAM)) {
    pieces.push({ kind: 'html', html: html.slice(from, found.index) });
    pieces.push({ kind: 'diagram', name: found[1] ?? '', caption: (found[2] ?? '').trim() });
    from = found.index + found[0].length;
  }
  return [...pieces, { kind: 'html', html: html.slice(from) }];
}
