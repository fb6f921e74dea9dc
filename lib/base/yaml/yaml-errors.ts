import type { YAMLParseError } from 'yaml';

const NO_KEY = 'did not find expected key';
const NO_TOKEN = 'found character that cannot start any token';
const NO_MAPPING = 'mapping values are not allowed in this context';

/** go-yaml's words for an error of the YAML reader, with lines as go-yaml counts them. */
export function yamlErrorText(problem: YAMLParseError, text: string): string {
  const line = problem.linePos?.[0]?.line ?? 1;
  const lines = text.split('\n');
  const here = lines[line - 1] ?? '';
  const tabbed = lines.findIndex((each, index) => index >= line - 1 && /^ *\t/.test(each));
  if (problem.code === 'TAB_AS_INDENT' || /^ *\t/.test(here))
    return tabError(lines, tabbed < 0 ? line : tabbed + 1);
  const { code, message } = problem;
  if (code === 'BAD_SCALAR_START' || code === 'BAD_ALIAS') return scanner(line, NO_TOKEN);
  if (code === 'BAD_DQ_ESCAPE') return scanner(line, 'found unknown escape character');
  if (/flow sequence|flow map/i.test(message)) return parser(line, flowWords(message));
  if (/closing .*quote/i.test(message)) return scanner(lines.length, 'found unexpected end of stream');
  if (/on same line with key/.test(message)) {
    return scanner(line, 'block sequence entries are not allowed in this context');
  }
  if (/Nested mappings/.test(message)) return scanner(secondColon(lines, line), NO_MAPPING);
  if (code === 'MULTILINE_IMPLICIT_KEY' || /Implicit map keys/.test(message))
    return missingColon(lines, line);
  if (/Sequence item without|block sequence may not/.test(message))
    return parser(line, siblingWords(lines, line));
  if (code === 'MISSING_CHAR' || code === 'KEY_OVER_1024_CHARS')
    return scanner(line + 1, "could not find expected ':'");
  if (code === 'BAD_INDENT' || code === 'UNEXPECTED_TOKEN') return parser(line, siblingWords(lines, line));
  return parser(line, 'did not find expected node content');
}

/** A tab where a line begins: after a plain value the scanner still reads on in that value. */
function tabError(lines: readonly string[], line: number): string {
  const before = lines.slice(0, line - 1).findLast((each) => each.trim() !== '') ?? '';
  const inPlain = /^\s*(- +)*([^\s'"#][^#]*: +)?[^\s'"|>&*!{}[\]#,][^#]*[^:\s#]\s*$/.test(before);
  return scanner(line, inPlain ? 'found a tab character that violates indentation' : NO_TOKEN);
}

/** The scanner's complaints name the line itself, and none when it is the first. */
const scanner = (line: number, words: string) =>
  line > 1 ? `yaml: line ${line}: ${words}` : `yaml: ${words}`;

/** The parser's name the line before, since it counts from 0. */
const parser = (line: number, words: string) =>
  line > 1 ? `yaml: line ${line - 1}: ${words}` : `yaml: ${words}`;

const flowWords = (message: string) =>
  /sequence/i.test(message) ? "did not find expected ',' or ']'" : "did not find expected ',' or '}'";

/** Where the colon is that comes too much: on the line itself, or on the next that has one. */
function secondColon(lines: readonly string[], line: number): number {
  if (/:\s.*:(\s|$)/.test(lines[line - 1] ?? '')) return line;
  const next = lines.findIndex((each, index) => index >= line && /:(\s|$)/.test(each));
  return next < 0 ? line : next + 1;
}

/** A line without a colon: the first of its block runs on into the next line, a later one lacks its colon. */
function missingColon(lines: readonly string[], line: number): string {
  const depth = (lines[line - 1] ?? '').search(/\S/);
  const before = lines
    .slice(0, line - 1)
    .findLast((each) => /^\s*[^\s#]/.test(each) && each.search(/\S/) <= depth);
  const sibling = before !== undefined && before.search(/\S/) === depth;
  return sibling
    ? scanner(line + 1, "could not find expected ':'")
    : scanner(secondColon(lines, line), NO_MAPPING);
}

/** What was due where a line is indented otherwise: a dash in a list, a key in a mapping. */
function siblingWords(lines: readonly string[], line: number): string {
  const depth = (lines[line - 1] ?? '').search(/\S/);
  const before = lines
    .slice(0, line - 1)
    .findLast((each) => /^\s*[^\s#]/.test(each) && each.search(/\S/) <= depth);
  const listed = before !== undefined && before.search(/\S/) === depth && /^\s*-(\s|$)/.test(before);
  return listed ? "did not find expected '-' indicator" : NO_KEY;
}
