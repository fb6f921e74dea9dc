/** How the page is lit: by the system's wish, or as the reader chose. */
export type Theme = 'system' | 'day' | 'night';

/** The cookie that remembers the choice; the server reads it, so the first paint is right. */
export const THEME_COOKIE = 'portside-theme';

/** A theme from a cookie's value. */
export function readTheme(value: string | undefined): Theme {
  return value === 'day' || value === 'night' ? value : 'system';
}
