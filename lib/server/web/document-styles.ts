import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChildNode, parse } from 'postcss';

/** A sheet that Next built, as a page asks for it. */
const SHEET = /<link\b[^>]*\bhref="\/_next\/(static\/[\w/-]+(?:\.[\w-]+)*\.css)"[^>]*>/g;
/** A class of a CSS module: the module's hash, an underscore, and the name that its author gave it. */
const MODULE_CLASS = /\.(_?[a-zA-Z0-9-]+_)[a-zA-Z]/g;
/** At-rules that say nothing when they hold no rule; a layer, which has an order among its kind, does. */
const CONDITIONS = new Set(['media', 'supports', 'container']);
/** More than there are kinds of pages; each is some 20 kB. */
const KEPT_SHEETS = 100;

/** One rule of a sheet, and of which modules it speaks; of none, when it is for every page. */
interface Rule {
  readonly text: string;
  readonly modules: readonly string[];
}

/** A condition, and what stands under it. */
interface Condition {
  /** `@media (…)`, without the brackets of what it holds. */
  readonly head: string;
  readonly rules: readonly Part[];
}

type Part = Rule | Condition;

/** A page with its style sheets in it, so that a reader's first page waits for little but itself. */
export type StyleDocument = (html: string) => string;

/** Writes sheets of Next's build below `root` into pages: of each, what the page has classes for. */
export function createDocumentStyles(root: string): StyleDocument {
  const sheets = new Map<string, readonly Part[] | undefined>();
  const kept = new Map<string, string>();
  const rulesOf = (name: string): readonly Part[] | undefined => {
    if (!sheets.has(name)) sheets.set(name, readSheet(root, name));
    return sheets.get(name);
  };
  return (html) =>
    html.replace(SHEET, (link: string, name: string) => {
      const rules = rulesOf(name);
      if (rules === undefined) return link;
      const present = new Set(modulesOf(rules).filter((module) => html.includes(module)));
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
function readSheet(root: string, name: string): readonly Part[] | undefined {
  const file = join(root, '.next', name);
  if (!existsSync(file)) return undefined;
  const css = readFileSync(file, 'utf8');
  if (css.includes('@font-face') || css.includes('</style')) return undefined;
  const folder = `/_next/${name.slice(0, name.lastIndexOf('/'))}/`;
  return parse(css.replace(/url\((?!["']?(?:data:|\/|#))/g, `url(${folder}`)).nodes.map(readPart);
}

/** Conditions are opened, so that each rule under one stays or goes by itself; all else is one piece. */
function readPart(node: ChildNode): Part {
  if (node.type === 'atrule' && CONDITIONS.has(node.name) && node.nodes !== undefined)
    return {
      head: `@${node.name}${node.raws.afterName ?? ' '}${node.params}`,
      rules: node.nodes.map(readPart),
    };
  // A statement's own end belongs to its sheet, for postcss.
  const isStatement = node.type === 'decl' || (node.type === 'atrule' && node.nodes === undefined);
  const text = isStatement ? `${node.toString()};` : node.toString();
  return { text, modules: [...new Set([...text.matchAll(MODULE_CLASS)].map((found) => found[1] ?? ''))] };
}

function modulesOf(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => ('rules' in part ? modulesOf(part.rules) : part.modules));
}

/** What a page that has classes of `present` needs: rules of other modules are left out, and conditions that are empty then. */
function rulesFor(parts: readonly Part[], present: ReadonlySet<string>): string {
  return parts
    .map((part) => {
      if ('rules' in part) {
        const inner = rulesFor(part.rules, present);
        return inner === '' ? '' : `${part.head}{${inner}}`;
      }
      return part.modules.length === 0 || part.modules.some((module) => present.has(module)) ? part.text : '';
    })
    .join('');
}
