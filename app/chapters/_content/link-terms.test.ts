import { expect, test } from 'vitest';
import { linkTerms } from './link-terms';

const terms = [
  { id: 'service', term: 'Service' },
  { id: 'headless-service', term: 'headless Service' },
  { id: 'node-port', term: 'node port' },
];
const link = (id: string, word: string) => `<a class="term" href="/glossary#${id}">${word}</a>`;

test.each<[string, string, string]>([
  [
    'the first mention',
    '<p>A Service and a Service.</p>',
    `<p>A ${link('service', 'Service')} and a Service.</p>`,
  ],
  [
    'the longer term',
    '<p>A headless Service.</p>',
    `<p>A ${link('headless-service', 'headless Service')}.</p>`,
  ],
  ['a plural at the beginning', '<p>Node ports.</p>', `<p>${link('node-port', 'Node ports')}.</p>`],
  ['no code, link or heading', '<h2>Service</h2><code>Service</code><a href="/x">Service</a>', ''],
  ['no part of a word', '<p>ServiceAccount, my-Service, the word service</p>', ''],
  ['nothing that is linked already', '<p>Service <a href="/glossary#service">it</a></p>', ''],
])('%s', (_title, html, linked) => {
  expect(linkTerms(html, terms)).toBe(linked || html);
});
