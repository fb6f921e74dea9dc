import bar from '../../_ui/code-prose.module.css';

/** Puts a bar over each code block: *Copy*, and *Run in a sandbox* where the block can be run. It works without script. */
export function codeBars(html: string, chapter: string, runnable: readonly boolean[]): string {
  let index = -1;
  return html.replace(/<figure data-language=[^>]*>/g, (figure) => {
    index += 1;
    const copy = `<button type="button" class="${bar.action} screen-only" data-copy>Copy</button>`;
    const run = runnable[index] ? runForm(chapter, index) : '';
    return `${figure}<div class="${bar.bar}">${run}${copy}</div>`;
  });
}

function runForm(chapter: string, block: number): string {
  return (
    `<form method="post" action="/sandbox/run"><input type="hidden" name="chapter" value="${chapter}">` +
    `<input type="hidden" name="block" value="${block}">` +
    `<button type="submit" class="${bar.action} screen-only">Run in a sandbox</button></form>`
  );
}
