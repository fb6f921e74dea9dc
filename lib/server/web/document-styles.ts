import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A sheet that Next built, as a page asks for it. */
const SHEET = /<link\b[^>]*\bhref="\/_next\/(static\/[\w/-]+(?:\.[\w-]+)*\.css)"[^>]*>/g;
/** A class of a CSS module: the module's hash, an underscore, and the name that its author gave it. */
const MODULE_CLASS = /\.(_?[a-zA-Z0-9-]+_)[a-zA-Z]/g;
/** More than there are kinds of pages; each is some 20 kB. */
const KEPT_SHEETS = 100;

/** One rule of a sheet, and of which modules it speaks; of none, when it is for every page. */
interface Rule {
  readonly text: string;
  readonly modules: readonly string[];
}

/** A page with its style sheets in it, so that a reader's first page waits for little but itself. */
export type StyleDocument = (html: string) => string;

/** Writes sheets of Next's build below `root` into pages: of each, what the page has classes for. */
export function createDocumentStyles(root: string): StyleDocument {
  const sheets = new Map<string, readonly Rule[] | undefined>();
  const kept = new Map<string, string>();
  const rulesOf = (name: string): readonly Rule[] | undefined => {
    if (!sheets.has(name)) sheets.set(name, readSheet(root, name));
    return sheets.get(name);
  };
  return (html) =>
    html.replace(SHEET, (link: string, name: string) => {
      const rules = rulesOf(name);
      if (rules === undefined) return link;
      const present = new Set(
        rules.flatMap(({ modules }) => modules).filter((module) => html.includes(module)),
      );
      const key = `${name} ${[...present].join(' ')}`;
      const written = kept.get(key) ?? `<style>${rulesFor(rules, present)}</style>`;
      if (kept.size >= KEPT_SHEETS) kept.clear();
      kept.set(key, written);
      return written;
    });
}

/**
 * A sheet's rules; undefined where there is no such file, as while developing, and for one that stays a link. The sheet of the
 * faces does: a page waits for it, and meanwhile they come; written into the page, its first words would be set in another.
 */
function readSheet(root: string, name: string): readonly Rule[] | undefined {
  const file = join(root, '.next', name);
  if (!existsSync(file)) return undefined;
  const css = readFileSync(file, 'utf8');
  if (css.includes('@font-face') || css.includes('</style')) return undefined;
  const folder = `/_next/${name.slice(0, name.lastIndexOf('/'))}/`;
  return splitRules(css.replace(/url\((?!["']?(?:data:|\/|#))/g, `url(${folder}`)).map((text) => ({
    text,
    modules: [...new Set([...text.matchAll(MODULE_CLASS)].map((found) => found[1] ?? ''))],
  }));
}

/** What a page that has classes of `present` needs: rules of other modules are left out. */
function rulesFor(rules: readonly Rule[], present: ReadonlySet<string>): string {
  return rules
    .filter(({ modules }) => modules.length === 0 || modules.some((module) => present.has(module)))
    .map(({ text }) => text)
    .join('');
}

/** A minified sheet in pieces: each an outermost block, or a statement without one. */
export function splitRules(css: string): readonly string[] {
  const rules: string[] = [];
  let depth = 0;
  let from = 0;
  let quote = '';
  for (let at = 0; at < css.length; at += 1) {
    const sign = css[at] ?? '';
    if (sign === '\\') at += 1;
    else if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    if (quote !== '' || depth > 0 || (sign !== '}' && sign !== ';')) continue;
    rules.push(css.slice(from, at + 1));
    from = at + 1;
  }
  return from < css.length ? [...rules, css.slice(from)] : rules;
}
