import { press, type Screen } from './screen';

/** Pages that are read, before anything was done. */
export const PAGES: readonly Screen[] = [
  { name: 'home', path: '/' },
  {
    name: 'home-request',
    path: '/',
    before: async (page) => {
      await press(page, 'Send a request');
      await page
        .locator('pre')
        .getByText(/answered 200/)
        .waitFor({ timeout: 60_000 });
    },
  },
  {
    name: 'home-broken',
    path: '/',
    before: async (page) => {
      await press(page, 'Break the selector');
      await page
        .locator('pre')
        .getByText(/selector updated/)
        .waitFor({ timeout: 60_000 });
      await press(page, 'Send a request');
      await page
        .locator('pre')
        .getByText(/refused/)
        .waitFor({ timeout: 60_000 });
    },
  },
  { name: 'chapters', path: '/chapters' },
  { name: 'chapter', path: '/chapters/clusterip' },
  { name: 'chapter-diagram', path: '/chapters/clusterip#diagram-request' },
  { name: 'chapter-table', path: '/chapters/clusterip#when-it-does-not-answer' },
  { name: 'labs', path: '/labs' },
  { name: 'labs-found', path: '/labs', before: (page) => page.getByRole('searchbox').fill('probe') },
  { name: 'labs-none', path: '/labs', before: (page) => page.getByRole('searchbox').fill('submarine') },
  { name: 'labs-by-skill', path: '/labs?by=skill' },
  { name: 'skills', path: '/skills' },
  { name: 'glossary', path: '/glossary' },
  { name: 'sandbox', path: '/sandbox' },
  { name: 'progress-empty', path: '/progress' },
  { name: 'sign-in', path: '/sign-in' },
  { name: 'not-found', path: '/chapters/no-such-chapter' },
];

/** Pages that tell of a lab that was worked in. */
export const PAGES_AFTER: readonly Screen[] = [
  { name: 'home-continue', path: '/' },
  { name: 'progress', path: '/progress' },
  { name: 'progress-delete', path: '/progress/delete' },
];
