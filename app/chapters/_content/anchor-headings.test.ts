import { expect, test } from 'vitest';
import { anchorHeadings } from './anchor-headings';

test.each([
  ['The path of a request', 'the-path-of-a-request'],
  ['Why <code>port</code> &amp; targetPort?', 'why-port-targetport'],
])('the heading %s gets an anchor without markup', (inner, id) => {
  const { html, headings } = anchorHeadings(`<h2>${inner}</h2>`);
  expect(html).toBe(`<h2 id="${id}">${inner}</h2>`);
  expect(headings.map((heading) => heading.id)).toEqual([id]);
});

test('third-level headings stay as they are', () => {
  expect(anchorHeadings('<h3>1. DNS</h3>')).toEqual({ html: '<h3>1. DNS</h3>', headings: [] });
});
