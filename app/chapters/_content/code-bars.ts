import bar from '../../_ui/code-prose.module.css';

/** Puts a bar over each code block: *Copy*, and *Run in a sandbox* where the block can be run. It works without script. */
export function codeBars(html: string, chapter: string, runnable: readonly boolean[]): string {
  let index = -1;
  return html.replace(
    /(<figure data-language=[^>]*>)<pre (.*?)<\/pre>/gs,
    (_match, figure: string, pre: string) => {
      index += 1;
      const copy = `<button type="button" class="${bar.action} screen-only" data-copy>Copy</button>`;
      const run = runnable[index] ? runForm(chapter, index) : '';
      return `${figure}<div class="${bar.bar}">${run}${copy}</div><pre ${mayScroll(pre) ? 'tabindex="0" ' : ''}${pre}</pre>`;
    },
  );
}

/** Letters of code that a phone shows beside one another. */
const NARROWEST = 38;

/** What may scroll must be reachable by keyboard, before any script has run. */
function mayScroll(pre: string): boolean {
  const text = pre
    .slice(pre.indexOf('>') + 1)
    .replace(/<[^>]+>/g, '')
    .replace(/&[#a-z0-9]+;/gi, '.');
  return text.split('\n').some((line) => line.length > NARROWEST);
}

function runForm(chapter: string, block: number): string {
  return (
    `<form method="post" action="/sandbox/run"><input type="hidden" name="chapter" value="${chapter}">` +
    `<input type="hidden" name="block" value="${block}">` +
    `<button type="submit" class="${bar.action} screen-only">Run in a sandbox</button></form>`
  );
}
