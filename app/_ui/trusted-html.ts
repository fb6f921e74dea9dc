/** Props that put HTML into an element. Only for what the server rendered from Markdown and sanitised. */
export function trustedHtml(html: string): { readonly dangerouslySetInnerHTML: { readonly __html: string } } {
  return { dangerouslySetInnerHTML: { __html: html } };
}
