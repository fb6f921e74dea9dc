import { writeCookie } from '../../../../_client/write-cookie';

/** Sizes of the panels by group, in per cent. */
export interface PaneLayouts {
  readonly lab?: Readonly<Record<string, number>> | undefined;
  readonly left?: Readonly<Record<string, number>> | undefined;
  readonly right?: Readonly<Record<string, number>> | undefined;
}

/** The cookie that remembers the sizes; the server reads it, so nothing jumps when the page wakes up. */
export const PANES_COOKIE = 'portside-panes';

const YEAR_SECONDS = 31_536_000;

function sizes(value: unknown): Readonly<Record<string, number>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number',
  );
  return entries.length === 2 ? Object.fromEntries(entries) : undefined;
}

/** Reads the cookie; whatever is not a layout is left out. */
export function readPanes(cookie: string | undefined): PaneLayouts {
  if (cookie === undefined || !/^[\w{}":,.-]+$/.test(cookie)) return {};
  try {
    const value: unknown = JSON.parse(cookie);
    if (typeof value !== 'object' || value === null) return {};
    const groups = new Map(Object.entries(value));
    return {
      lab: sizes(groups.get('lab')),
      left: sizes(groups.get('left')),
      right: sizes(groups.get('right')),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Remembers the sizes. */
export function keepPanes(panes: PaneLayouts): void {
  const rounded = JSON.stringify(panes, (_key, value) =>
    typeof value === 'number' ? Math.round(value * 10) / 10 : value,
  );
  writeCookie(PANES_COOKIE, encodeURIComponent(rounded), YEAR_SECONDS);
}
