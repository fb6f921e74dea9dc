import { THEME_COOKIE, type Theme } from '../_ui/theme';
import { writeCookie } from './write-cookie';

const YEAR_SECONDS = 31_536_000;
/** What happens on the window when somebody chooses; its detail is the theme. */
const THEME_CHOSEN = 'portside-theme';

/** Lights the page as the reader chose, remembers it, and tells what has colours of its own. */
export function chooseTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  writeCookie(THEME_COOKIE, next, next === 'system' ? 0 : YEAR_SECONDS);
  window.dispatchEvent(new CustomEvent<Theme>(THEME_CHOSEN, { detail: next }));
}

/** Tells `listener` what is chosen from now on. Returns how to stop. */
export function watchTheme(listener: (theme: Theme) => void): () => void {
  const onChosen = (event: Event) => listener((event as CustomEvent<Theme>).detail);
  window.addEventListener(THEME_CHOSEN, onChosen);
  return () => window.removeEventListener(THEME_CHOSEN, onChosen);
}
