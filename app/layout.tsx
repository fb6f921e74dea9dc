import './_ui/tokens.css';
import './_ui/base.css';
import './_ui/prose.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { book, mono, sans } from './_ui/fonts';
import { readTheme, THEME_COOKIE } from './_ui/theme';

/** What every page says of itself unless it knows better. */
export const metadata: Metadata = {
  title: { default: 'Portside: learn Kubernetes Services by working them', template: '%s · Portside' },
  description:
    'A cluster of your own in a millisecond, real kubectl answers, and labs graded by what the cluster does. Nothing to install, no account.',
  applicationName: 'Portside',
};

/** The browser's own furniture follows the page's light. */
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fdfdfb' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1316' },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      className={`${book.variable} ${sans.variable} ${mono.variable}`}
      data-theme={theme === 'system' ? undefined : theme}
      suppressHydrationWarning
    >
      <body>{children}</body>
    </html>
  );
}
