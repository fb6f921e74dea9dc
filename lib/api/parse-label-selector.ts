import type { LabelSelector, Requirement } from './selectors';
import { badRequest } from './status';

type Token = 'identifier' | 'end' | ',' | '(' | ')' | '=' | '==' | '!=' | '!' | '>' | '<' | 'in' | 'notin';
interface Lexeme {
  readonly token: Token;
  readonly text: string;
}

const SPECIAL = '=!(),><';
const SPACE = ' \t\r\n';
const BINARY_OPERATORS = 'in, notin, =, ==, !=, gt, lt';

/** A label selector as the query parameter spells it (labels.Parse); throws 400 in upstream's words. */
export function parseLabelSelector(text: string | undefined): LabelSelector {
  if (text === undefined || text === '') return [];
  return new Parser(lex(text)).parse();
}

function lex(text: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (SPACE.includes(char)) {
      at += 1;
      continue;
    }
    const start = at;
    const inside = SPECIAL.includes(char);
    while (
      at < text.length &&
      SPECIAL.includes(text.charAt(at)) === inside &&
      !SPACE.includes(text.charAt(at))
    ) {
      at += 1;
      if (inside && !isOperatorPrefix(text.slice(start, at + 1))) break;
    }
    lexemes.push(lexeme(text.slice(start, at)));
  }
  return [...lexemes, { token: 'end', text: '' }];
}

const isOperatorPrefix = (text: string): boolean => text === '==' || text === '!=';

function lexeme(text: string): Lexeme {
  if (text === 'in' || text === 'notin' || text === '==' || text === '!=') return { token: text, text };
  if (text.length === 1 && SPECIAL.includes(text)) return { token: text as Token, text };
  return { token: 'identifier', text };
}

class Parser {
  #lexemes: readonly Lexeme[];
  #at = 0;

  constructor(lexemes: readonly Lexeme[]) {
    this.#lexemes = lexemes;
  }

  parse(): LabelSelector {
    const requirements: Requirement[] = [];
    for (;;) {
      const first = this.#peek();
      if (first.token === 'end') return requirements;
      if (first.token !== 'identifier' && first.token !== '!') {
        throw badRequest(`found '${first.text}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirement());
      const next = this.#take();
      if (next.token === 'end') return requirements;
      if (next.token !== ',') throw badRequest(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.#peek();
      if (after.token !== 'identifier' && after.token !== '!') {
        throw badRequest(`found '${after.text}', expected: identifier after ','`);
      }
    }
  }

  #peek(): Lexeme {
    const lexeme = this.#lexemes[this.#at] ?? { token: 'end', text: '' };
    const word = lexeme.token === 'in' || lexeme.token === 'notin';
    return word ? { token: 'identifier', text: lexeme.text } : lexeme;
  }

  #take(): Lexeme {
    const lexeme = this.#peek();
    this.#at += 1;
    return lexeme;
  }

  #requirement(): Requirement {
    const negated = this.#peek().token === '!';
    if (negated) this.#take();
    const name = this.#take();
    if (name.token !== 'identifier') throw unparsable(`found '${name.text}', expected: identifier`);
    const key = checkKey(name.text);
    const next = this.#peek().token;
    if (negated) return { key, operator: 'DoesNotExist', values: [] };
    if (next === 'end' || next === ',') return { key, operator: 'Exists', values: [] };
    return this.#binary(key);
  }

  #binary(key: string): Requirement {
    const { token, text } = this.#lexemes[this.#at] ?? { token: 'end', text: '' };
    this.#at += 1;
    switch (token) {
      case 'in':
      case 'notin':
        return { key, operator: token === 'in' ? 'In' : 'NotIn', values: this.#list().map(checkValue(key)) };
      case '=':
      case '==':
      case '!=':
        return { key, operator: token === '!=' ? '!=' : '=', values: [checkValue(key)(this.#exactValue())] };
      case '>':
      case '<':
        return { key, operator: token === '>' ? 'gt' : 'lt', values: [checkInteger(this.#exactValue())] };
      default:
        throw unparsable(`found '${text}', expected: ${BINARY_OPERATORS}`);
    }
  }

  #exactValue(): string {
    const { token } = this.#peek();
    if (token === 'end' || token === ',') return '';
    const value = this.#take();
    if (value.token === 'identifier') return value.text;
    throw unparsable(`found '${value.text}', expected: identifier`);
  }

  #list(): readonly string[] {
    const open = this.#take();
    if (open.token !== '(') throw unparsable(`found '${open.text}' expected: '('`);
    const values = new Set<string>();
    for (let wanted = true; ; ) {
      const { token, text } = this.#take();
      if (token === ')') {
        if (wanted) values.add('');
        return [...values].sort();
      }
      if (token === 'identifier' && wanted) {
        values.add(text);
        wanted = false;
      } else if (token === ',') {
        if (wanted) values.add('');
        wanted = true;
      } else {
        throw unparsable(`found '${text}', expected: ${wanted ? "',', or identifier" : "',' or ')'"}`);
      }
    }
  }
}

const unparsable = (why: string) => badRequest(`unable to parse requirement: ${why}`);

const NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const PREFIX = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const NAME_TEXT =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const PREFIX_TEXT =
  "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const MAX_NAME = 63;

function checkKey(key: string): string {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const why =
    parts.length > 2
      ? `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`
      : parts.length === 2 && !PREFIX.test(parts[0] ?? '')
        ? PREFIX_TEXT
        : name === ''
          ? 'name part must be non-empty'
          : name.length > MAX_NAME
            ? 'name part must be no more than 63 bytes'
            : NAME.test(name)
              ? undefined
              : NAME_TEXT;
  if (why !== undefined) throw unparsable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${why}`);
  return key;
}

const checkValue =
  (key: string) =>
  (value: string): string => {
    if (value === '' || (value.length <= MAX_NAME && NAME.test(value))) return value;
    const why = value.length > MAX_NAME ? 'must be no more than 63 bytes' : VALUE_TEXT;
    throw unparsable(`values[0][${key}]: Invalid value: ${JSON.stringify(value)}: ${why}`);
  };

function checkInteger(value: string): string {
  if (/^-?\d+$/.test(value)) return value;
  throw unparsable(
    `values[0]: Invalid value: ${JSON.stringify(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
  );
}
