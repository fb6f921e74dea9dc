/** What chance decides in a cluster's output: said by its shape, and compared by what it stands for. */
interface Chance {
  readonly name: string;
  readonly shape: RegExp;
  /** The same word on the page must be the same word on the screen, wherever it stands. */
  readonly steady: boolean;
}

const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';
/** Addresses that every cluster of ours has are no chance. */
const FIXED = new Set(['10.96.0.1', '10.96.0.10']);

const CHANCES: readonly Chance[] = [
  { name: 'uid', shape: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/, steady: true },
  { name: 'time', shape: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?/, steady: false },
  { name: 'time', shape: /\b[A-Z][a-z]{2},? [ \d]?\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\b/, steady: false },
  {
    name: 'time',
    shape: /\b[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:UTC )?\d{4}\b/,
    steady: false,
  },
  { name: 'time', shape: /\b\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\b/, steady: false },
  { name: 'hex', shape: /\b[0-9a-f]{24,64}\b/, steady: false },
  { name: 'balancer', shape: /\ba[0-9a-f]{31}-[0-9a-f]{9,17}\b/, steady: true },
  { name: 'outside', shape: /\b3\.2\d\d\.\d{1,3}\.\d{1,3}\b/, steady: true },
  { name: 'revision', shape: /(?<=resourceVersion: ")\d+/, steady: false },
  { name: 'ip', shape: /\b10\.(?:9[6-9]|1[01]\d|244)\.\d{1,3}\.\d{1,3}\b/, steady: true },
  { name: 'chain', shape: /\bKUBE-SEP-[A-Z2-7]{16}\b/, steady: true },
  { name: 'names', shape: new RegExp(`(?<=-)${SAFE}{6,10}-${SAFE}{5}\\b`), steady: true },
  { name: 'suffix', shape: new RegExp(`(?<=-)(?=[a-z]*\\d|[^aeiou0-9]{5}\\b)${SAFE}{5}\\b`), steady: true },
  { name: 'hash', shape: new RegExp(`(?<=-)(?=[a-z]*\\d)${SAFE}{8,10}\\b`), steady: true },
  { name: 'age', shape: /(?<=[\s(=])(?:\d+[dhms]){1,2}(?=\s|\)|$)/, steady: false },
  { name: 'ms', shape: /\b\d+ ms\b/, steady: false },
];
const ANY = new RegExp(CHANCES.map(({ shape }) => `(${shape.source})`).join('|'), 'g');

interface Part {
  readonly chance: Chance;
  readonly text: string;
}

/** A line without chance, and what was taken out. */
function part(line: string): { readonly rest: string; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  const rest = line.replace(ANY, (text, ...groups) => {
    const chance = CHANCES[groups.slice(0, CHANCES.length).findIndex((group) => group !== undefined)];
    if (chance === undefined || FIXED.has(text)) return text;
    parts.push({ chance, text });
    return `<${chance.name}>`;
  });
  return { rest: rest.replace(/[ \t]+/g, ' ').trimEnd(), parts };
}

/** The page's generated words beside the cluster's own; learnt while a page is compared from its top. */
export class Words {
  readonly #seen = new Map<string, string>();
  readonly #shown = new Map<string, string>();

  /** A command of the page with this cluster's names in it. */
  translate(text: string): string {
    return text.replace(ANY, (word) => this.#seen.get(word) ?? word);
  }

  /** What a screen said, with the page's names in it. */
  retell(text: string): string {
    return text.replace(ANY, (word) => this.#shown.get(word) ?? word);
  }

  /** Whether a line of the page tells what a line of the screen tells; what it teaches is kept if so. */
  same(shown: string, seen: string): boolean {
    const left = part(shown);
    const right = part(seen);
    if (left.rest !== right.rest || left.parts.length !== right.parts.length) return false;
    const pairs = left.parts.map((each, index) => ({ ...each, other: right.parts[index]?.text ?? '' }));
    const steady = pairs.filter(({ chance }) => chance.steady);
    const learnt: [string, string][] = [];
    for (const { text, other } of steady) {
      if ((this.#seen.get(text) ?? other) !== other || (this.#shown.get(other) ?? text) !== text) {
        for (const [mine, theirs] of learnt) this.#forget(mine, theirs);
        return false;
      }
      if (this.#seen.has(text)) continue;
      this.#seen.set(text, other);
      this.#shown.set(other, text);
      learnt.push([text, other]);
    }
    return true;
  }

  #forget(text: string, other: string): void {
    this.#seen.delete(text);
    this.#shown.delete(other);
  }

  /** The same for whole screens; a line "…" of the page stands for any number of lines. */
  sameScreen(shown: readonly string[], seen: readonly string[]): boolean {
    const [first, ...others] = shown;
    if (first === undefined) return seen.length === 0;
    if (first === '…')
      return Array.from({ length: seen.length + 1 }, (_, skip) => seen.slice(skip)).some((rest) =>
        this.sameScreen(others, rest),
      );
    const [line, ...rest] = seen;
    return line !== undefined && this.same(first, line) && this.sameScreen(others, rest);
  }
}
