/** Between two moments of one move. Virtual time is quicker than that, or slower: what counts is the order. */
const MOMENT_MS = 650;
const SILENT = 'The server does not answer; nothing was done.';

const part = (section: Element, name: string) => section.querySelector<HTMLElement>(`[data-part="${name}"]`);

/** Makes a move on the front page without leaving it: the page that its address would show is fetched, and its cluster put here. */
export function liveCluster(): void {
  const section = document.querySelector('[data-live]');
  const form = section?.querySelector('form');
  if (!section || !form) return;
  let coming: ReturnType<typeof setTimeout>[] = [];

  const make = async (address: URL) => {
    if (section.ariaBusy === 'true') return;
    section.ariaBusy = 'true';
    address.searchParams.set('moments', '1');
    try {
      const answer = await fetch(address);
      const next = new DOMParser()
        .parseFromString(await answer.text(), 'text/html')
        .querySelector('[data-live]');
      if (!answer.ok || next === null) throw new TypeError(SILENT);
      // What was still coming is over: the new move happened after it.
      for (const timer of coming) clearTimeout(timer);
      coming = show(section, next);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      tell(section, SILENT, SILENT, 'true');
    } finally {
      section.ariaBusy = null;
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form, event.submitter))
      address.searchParams.set(name, String(value));
    void make(address);
  });
  section.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const href = link?.getAttribute('href');
    const plain = event instanceof MouseEvent && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (!href || !plain) return;
    event.preventDefault();
    void make(new URL(href, location.href));
  });
}

/** Puts what was fetched in the place of what is here, its moments one after another; gives the timers of those to come. */
function show(section: Element, next: Element): ReturnType<typeof setTimeout>[] {
  const paper = part(section, 'paper');
  const last = part(next, 'paper');
  const papers = [...next.querySelectorAll<HTMLTemplateElement>('template[data-moment]')].map(
    ({ innerHTML }) => innerHTML,
  );
  papers.push(last?.innerHTML ?? '');
  const draw = (html: string) => {
    if (!paper) return;
    const focused = paper.contains(document.activeElement)
      ? document.activeElement?.getAttribute('data-key')
      : undefined;
    paper.innerHTML = html;
    if (focused === undefined) return;
    // Whoever pressed a Pod that is gone stands at the first that can be pressed.
    const berths = [...paper.querySelectorAll<HTMLElement | SVGElement>('a[data-key]')].filter(
      (berth) => berth.getClientRects().length > 0,
    );
    (berths.find((berth) => berth.getAttribute('data-key') === focused) ?? berths[0])?.focus();
  };
  paper?.toggleAttribute('data-travels', last?.hasAttribute('data-travels'));
  for (const name of ['answering', 'replicas', 'words']) {
    const [here, there] = [part(section, name), part(next, name)];
    if (here && there) here.innerHTML = there.innerHTML;
  }
  // In their places: whoever pressed one still stands at it.
  for (const there of next.querySelectorAll<HTMLButtonElement | HTMLInputElement>('form [data-key]')) {
    const here = section.querySelector<HTMLButtonElement | HTMLInputElement>(
      `form [data-key="${there.dataset.key}"]`,
    );
    if (!here) continue;
    here.value = there.value;
    here.disabled = there.disabled;
    if (here.textContent !== there.textContent) here.textContent = there.textContent;
  }
  const said = part(next, 'said');
  tell(section, said?.textContent ?? '', part(next, 'announced')?.textContent ?? '', said?.dataset.problem);
  draw(papers[0] ?? '');
  return papers.slice(1).map((html, index) => setTimeout(() => draw(html), (index + 1) * MOMENT_MS));
}

function tell(section: Element, said: string, announced: string, problem = 'false'): void {
  const [shown, spoken] = [part(section, 'said'), part(section, 'announced')];
  if (shown) {
    shown.textContent = said;
    shown.dataset.problem = problem;
  }
  if (spoken) spoken.textContent = announced;
}
