/** How the page is lit: by the system's wish, or as the reader chose. */
export type Theme = 'system' | 'day' | 'night';

/** The cookie that remembers the choice; the server reads it, so the first paint is right. */
export const THEME_COOKIE = 'portside-theme';

const YEAR_SECONDS = 31_536_000;

/** A theme from a cookie's value. */
export function readTheme(value: string | undefined): Theme {
  return value === 'day' || value === 'night' ? value : 'system';
}

/** The cookie string that stores a theme. */
export function themeCookie(theme: Theme): string {
  const age = theme === 'system' ? 0 : YEAR_SECONDS;
  return `${THEME_COOKIE}=${theme}; path=/; max-age=${age}; samesite=lax`;
}
