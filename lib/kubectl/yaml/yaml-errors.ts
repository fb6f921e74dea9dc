import type { YAMLParseError } from 'yaml';

/** go-yaml's words for an error of the YAML reader; line numbers as go-yaml counts them. */
export function yamlErrorText(problem: YAMLParseError, text: string): string {
  const line = problem.linePos?.[0]?.line ?? 1;
  const lines = text.split('\n');
  const at = (number: number, words: string) =>
    number > 0 ? `yaml: line ${number}: ${words}` : `yaml: ${words}`;
  const here = lines[line - 1] ?? '';
  if (/^\s*\t/.test(here) || problem.code === 'TAB_AS_INDENT') {
    const tabbed = lines.findIndex((each, index) => index >= line - 1 && /^ *\t/.test(each));
    return at(tabbed < 0 ? line : tabbed + 1, 'found character that cannot start any token');
  }
  switch (problem.code) {
    case 'BAD_ALIAS':
    case 'BAD_SCALAR_START':
      return at(line, 'found character that cannot start any token');
    case 'MISSING_CHAR':
      return missingChar(problem.message, line, lines, at);
    case 'BAD_INDENT':
    case 'UNEXPECTED_TOKEN':
      return misplaced(here, line, lines, at);
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return /:\s/.test(here.replace(/^[^:]*:/, ''))
        ? at(line, 'mapping values are not allowed in this context')
        : at(line + 1, "could not find expected ':'");
    case 'BAD_COLLECTION_TYPE':
    case 'BLOCK_IN_FLOW':
      return at(line, "did not find expected ',' or '}'");
    case 'KEY_OVER_1024_CHARS':
      return at(line, "could not find expected ':'");
    default:
      return at(line, 'did not find expected node content');
  }
}

type At = (line: number, words: string) => string;

function missingChar(message: string, line: number, lines: readonly string[], at: At): string {
  if (/closing ["']?quote/i.test(message)) return at(lines.length, 'found unexpected end of stream');
  if (/end with a ]|,/.test(message) && /flow sequence/i.test(message)) {
    return at(line, "did not find expected ',' or ']'");
  }
  if (/flow map/i.test(message)) return at(line, "did not find expected ',' or '}'");
  return at(line + 1, "could not find expected ':'");
}

/** Something less or more indented than its neighbours: the parser meets it where a key or a dash was due. */
function misplaced(here: string, line: number, lines: readonly string[], at: At): string {
  const indent = here.search(/\S/);
  const previous = lines.slice(0, line - 1).findLast((each) => /\S/.test(each) && !/^\s*#/.test(each)) ?? '';
  if (/^\s*[\w.-]+:\s+\S/.test(previous) && /^\s*[\w.-]+:/.test(here) && indent > previous.search(/\S/)) {
    return at(line, 'mapping values are not allowed in this context');
  }
  const dashed = /^\s*-(\s|$)/.test(here);
  const words = dashed ? 'did not find expected key' : siblingDash(lines, line, indent);
  return at(line - 1, words);
}

function siblingDash(lines: readonly string[], line: number, indent: number): string {
  for (let index = line - 2; index >= 0; index -= 1) {
    const text = lines[index] ?? '';
    const depth = text.search(/\S/);
    if (depth < 0) continue;
    if (depth < indent || depth === indent)
      return text.trimStart().startsWith('- ')
        ? "did not find expected '-' indicator"
        : 'did not find expected key';
  }
  return 'did not find expected key';
}
