import { THEME_COOKIE, type Theme } from '../_ui/theme';
import { writeCookie } from './write-cookie';

const YEAR_SECONDS = 31_536_000;

/** Lights the page as the reader chose, remembers it, and tells what has colours of its own. */
export function chooseTheme(next: Theme): void {
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  writeCookie(THEME_COOKIE, next, next === 'system' ? 0 : YEAR_SECONDS);
  window.dispatchEvent(new Event('portside-theme'));
}
