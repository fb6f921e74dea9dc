import localFont from 'next/font/local';

/** The book face for prose: Literata with its optical sizes. */
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
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
});

/** The drawing-office sans for the interface and numerals: IBM Plex Sans. */
export const sans = localFont({
  src: '../../node_modules/@fontsource-variable/ibm-plex-sans/files/ibm-plex-sans-latin-wght-normal.woff2',
  weight: '100 700',
  style: 'normal',
  variable: '--font-sans',
  display: 'swap',
  adjustFontFallback: 'Arial',
});

/** The mono for code and terminal, whose 0 cannot be taken for an O: JetBrains Mono. */
export const mono = localFont({
  src: '../../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2',
  weight: '100 800',
  style: 'normal',
  variable: '--font-mono',
  display: 'swap',
  adjustFontFallback: false,
  fallback: ['ui-monospace', 'SFMono-Regular', 'Menlo', 'Consolas', 'DejaVu Sans Mono', 'monospace'],
});
