import localFont from 'next/font/local';

/**
 * The book face for prose: Literata with its optical sizes. A first page over a slow line is set in the system's face and stays
 * so: what one reads does not move (`optional`).
 */
export const book = localFont({
  src: [
    {
      path: '../../node_modules/@fontsource-variable/literata/files/literata-latin-wght-normal.woff2',
      style: 'normal',
    },
    {
      path: '../../node_modules/@fontsource-variable/literata/files/literata-latin-wght-italic.woff2',
      style: 'italic',
    },
  ],
  weight: '200 900',
  variable: '--font-book',
  display: 'optional',
  adjustFontFallback: 'Times New Roman',
});

/** The drawing-office sans for the interface and numerals: IBM Plex Sans. */
export const sans = localFont({
  src: '../../node_modules/@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2',
  weight: '100 700',
  style: 'normal',
  variable: '--font-sans',
  display: 'optional',
  adjustFontFallback: 'Arial',
});

/**
 * The mono for code and terminal, whose 0 cannot be taken for an O: JetBrains Mono. Its lines are of one height in any face, so
 * it may come late, and nothing waits for it.
 */
export const mono = localFont({
  src: '../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  style: 'normal',
  variable: '--font-mono',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', 'DejaVu Sans Mono', 'monospace'],
});
