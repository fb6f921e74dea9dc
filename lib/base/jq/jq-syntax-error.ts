/** A mistake in a filter; `pos` is where. */
export class JqSyntaxError extends Error {
  override name = 'JqSyntaxError';
  readonly pos: number;
  /** A second complaint of the grammar, about what encloses the mistake. */
  readonly also: { readonly message: string; readonly pos: number } | undefined;
  constructor(message: string, pos: number, also?: { readonly message: string; readonly pos: number }) {
    super(message);
    this.pos = pos;
    this.also = also;
  }
}
