import { fitsSearch } from '../labs/_catalogue/fits-search';

/** Narrows the catalogue as one types; the arrow keys walk through what is left, Escape begins anew. */
export function searchCatalogue(): void {
  const root = document.querySelector<HTMLElement>('[data-catalogue]');
  const input = root?.querySelector<HTMLInputElement>('input[type="search"]');
  if (!root || !input) return;

  const narrow = () => {
    const found = new Set<string>();
    for (const group of root.querySelectorAll<HTMLElement>('[data-group]')) {
      const rows = [...group.querySelectorAll<HTMLElement>('[data-text]')];
      for (const row of rows) {
        row.hidden = !fitsSearch(row.dataset.text ?? '', input.value);
        if (!row.hidden) found.add(row.dataset.key ?? '');
      }
      group.hidden = rows.every((row) => row.hidden);
    }
    const count = root.querySelector('[data-count]');
    if (count) count.textContent = found.size === 1 ? '1 lab' : `${found.size} labs`;
    const none = root.querySelector<HTMLElement>('[data-none]');
    if (none) none.hidden = found.size > 0;
    for (const link of root.querySelectorAll<HTMLAnchorElement>('[data-by]')) {
      const address = new URL(link.href);
      if (input.value === '') address.searchParams.delete('q');
      else address.searchParams.set('q', input.value);
      link.href = address.href;
    }
  };
  const all = () => {
    input.value = '';
    narrow();
    input.focus();
  };

  input.addEventListener('input', narrow);
  input.form?.addEventListener('submit', (event) => event.preventDefault());
  root.querySelector('[data-all]')?.addEventListener('click', (event) => {
    event.preventDefault();
    all();
  });
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && input.value !== '') {
      event.preventDefault();
      return all();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [...root.querySelectorAll<HTMLElement>('input[type="search"], [data-lab]')].filter(
      (stop) => stop.getClientRects().length > 0,
    );
    const at = stops.indexOf(event.target as HTMLElement);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    next.focus();
  });
  // What was typed before this script was there, or comes back with the page.
  if (input.value !== input.defaultValue) narrow();
}
