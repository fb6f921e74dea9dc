import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDocumentStyles } from './document-styles';

/** A build that has one sheet. */
function buildWith(css: string): string {
  const root = mkdtempSync(join(tmpdir(), 'portside-styles-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, '.next/static/chunks'), { recursive: true });
  writeFileSync(join(root, '.next/static/chunks/a-1.css'), css);
  return root;
}

const LINK = '<link rel="stylesheet" href="/_next/static/chunks/a-1.css" nonce="x" data-precedence="next"/>';
const page = (body: string, link = LINK) => `<html><head>${link}</head><body>${body}</body></html>`;

it.each([
  ['rules for every page stay, those of modules that it has too', '<p class="aB1_x">', '.aB1_x{c:d}', true],
  [
    'a module’s rules stay whole: a script may yet show their parts',
    '<p class="aB1_y">',
    '.aB1_x{c:d}',
    true,
  ],
  ['what it has no class of is left out', '<p class="other">', '.aB1_x{c:d}', false],
  ['a rule that speaks of two modules stays for either', '<p class="_2b_z">', '.aB1_x ._2b_z{c:d}', true],
  ['and so does one inside a condition', '<p class="aB1_x">', '@media print{.aB1_x{c:d}}', true],
])('[V31] %s', (_case, body, rule, stays) => {
  const style = createDocumentStyles(buildWith(`:root{--a:b}${rule}`));
  expect(style(page(body))).toBe(page(body, `<style>:root{--a:b}${stays ? rule : ''}</style>`));
});

it.each([
  'a{b:c}d{e:f}',
  '@import "x;y";a{b:c}',
  '@layer a,b;@layer a{i{j:k}}',
  '@media (width<9px){.aB1_b{c:d}.aB1_f{g:h}}i{j:k}',
  '@media screen{@supports (a:b){.aB1_b{c:d}}}',
  '@keyframes aB1_turn{0%{a:b}to{c:d}}',
  '.aB1_a::before{content:"}\\""}b{c:d}',
  '.aB1_a:where(b,[c="}{"])>d{e:f}',
  '.aB1_a{b:c;&:hover{d:e}}',
  '',
])('[V31] %j, of which a page needs all, is written as it is', (css) => {
  const style = createDocumentStyles(buildWith(css));
  expect(style(page('<p class="aB1_x">'))).toBe(page('<p class="aB1_x">', `<style>${css}</style>`));
});

it.each([
  ['@media print{.aB1_x{c:d}._2b_y{e:f}}', '@media print{.aB1_x{c:d}}'],
  ['@supports (a:b){@media print{._2b_y{e:f}}}i{j:k}', 'i{j:k}'],
  ['@media print{._2b_y{e:f}p{g:h}}', '@media print{p{g:h}}'],
])('[V31] of %j what stands under a condition stays or goes by itself', (css, stays) => {
  const style = createDocumentStyles(buildWith(css));
  expect(style(page('<p class="aB1_x">'))).toBe(page('<p class="aB1_x">', `<style>${stays}</style>`));
});

it('[V31] what a sheet asks for is still found', () => {
  const style = createDocumentStyles(buildWith('p{b:url(../media/a.png)}p{a:url(data:,b)url(/c)url("#d")}'));
  expect(style(page(''))).toContain('b:url(/_next/static/chunks/../media/a.png)');
  expect(style(page(''))).toContain('url(data:,b)url(/c)url("#d")');
});

it('[V31] a sheet that is not in the build, as while developing, stays a link', () => {
  const other = LINK.replace('a-1', 'b-2');
  expect(createDocumentStyles(buildWith('a{b:c}'))(page('', other))).toBe(page('', other));
});

it.each(['a{b:"</style>"}', '@font-face{src:url(a.woff2)}'])('[V31] %j stays a link', (css) => {
  expect(createDocumentStyles(buildWith(css))(page(''))).toBe(page(''));
});
