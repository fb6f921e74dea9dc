import { CorefileError } from '../../corefile/dispenser';
import { compileGoPattern } from '../../corefile/go-values';
import { canonicalName } from '../../names';

/** How rules tell which names they are for. */
const KINDS = ['exact', 'prefix', 'suffix', 'substring', 'regex'] as const;
export type MatchKind = (typeof KINDS)[number];

/** The kind of that name, in any case. */
export function matchKind(text: string): MatchKind | undefined {
  return KINDS.find((kind) => kind === text.toLowerCase());
}

/** Whether a rule is for a name (lower case, with its dot). */
export type NameTest = (name: string) => boolean;

/** A test as ttl and rcode rules use it: plain names are completed with their dot, as CoreDNS does. */
export function nameTest(kind: MatchKind, text: string, rule: string): NameTest {
  const name = canonicalName(text);
  switch (kind) {
    case 'exact':
      return (asked) => asked === name;
    case 'prefix':
      return (asked) => asked.startsWith(name);
    case 'suffix':
      return (asked) => asked.endsWith(name);
    case 'substring':
      return (asked) => asked.includes(name);
    case 'regex': {
      const pattern = compileGoPattern(text);
      if (pattern === undefined) throw new CorefileError(`invalid regex pattern in a ${rule} rule: ${text}`);
      return (asked) => pattern.test(asked);
    }
  }
}

/** Puts a match's groups in the places of {0}, {1} …; undefined when there is no match. */
export function substitute(pattern: RegExp, text: string, replacement: string): string | undefined {
  const groups = pattern.exec(text);
  if (groups === null) return undefined;
  return groups.reduce((made, value, index) => made.replaceAll(`{${index}}`, value ?? ''), replacement);
}
