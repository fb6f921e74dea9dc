import { readCodeBlock } from '../_ui/code-block';

const SHOWN_MS = 1_800;

/** Makes a page's *Copy* buttons do what they say; one listener for all of them. */
export function copyCode(): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-copy]') : null;
    const pre = button?.closest('figure')?.querySelector('pre');
    if (!button || !pre) return;
    const say = (text: string) => {
      button.textContent = text;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, SHOWN_MS);
    };
    navigator.clipboard.writeText(readCodeBlock(pre).copyText).then(
      () => say('Copied'),
      () => say('Browser refused'),
    );
  });
}
