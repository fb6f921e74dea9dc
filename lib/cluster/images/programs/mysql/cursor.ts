import { MysqlFailure, syntaxError } from './failure';
import type { Select, TableName } from './syntax';
import { lineAt, type Token, tokensOf } from './tokens';

/** Words that are no names unless they are quoted. */
const RESERVED = new Set(
  'ADD ALL ALTER AND AS ASC BETWEEN BY CASE CHECK COLUMN CONSTRAINT CREATE CROSS DATABASE DATABASES DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ELSE EXISTS FALSE FOR FOREIGN FROM GRANT GROUP HAVING IF IN INDEX INNER INSERT INTERVAL INTO IS JOIN KEY KEYS LEFT LIKE LIMIT NOT NULL ON OR ORDER OUTER PRIMARY REFERENCES REGEXP RENAME REPLACE RIGHT SELECT SET SHOW TABLE THEN TO TRUE UNION UNIQUE UPDATE USE USING VALUES WHEN WHERE WITH XOR'.split(
    ' ',
  ),
);

/** A statement being read. */
export class Cursor {
  readonly sql: string;
  /** Reads a SELECT where an expression has one. */
  readonly query: (from: Cursor) => Select;
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(sql: string, query: (from: Cursor) => Select) {
    this.sql = sql;
    this.query = query;
    this.tokens = tokensOf(sql);
    if (this.tokens.length === 1) throw new MysqlFailure(1065, '42000', 'Query was empty');
  }
  get here(): Token {
    return this.tokens[this.index] ?? { kind: 'end', text: '', at: this.sql.length, end: this.sql.length };
  }
  /** Where the piece before this one ended. */
  get behind(): number {
    return this.tokens[this.index - 1]?.end ?? 0;
  }
  next(): Token {
    const token = this.here;
    this.index += 1;
    return token;
  }
  /** Whether the next pieces are these words or symbols. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, offset) => {
      const token = this.tokens[this.index + offset];
      return (
        token !== undefined &&
        (token.kind === 'symbol' ? token.text : token.kind === 'word' ? token.text.toUpperCase() : '') ===
          word
      );
    });
  }
  /** Takes these words or symbols if they come next. */
  takes(...words: readonly string[]): boolean {
    const seen = this.sees(...words);
    if (seen) this.index += words.length;
    return seen;
  }
  needs(...words: readonly string[]): void {
    for (const word of words) if (!this.takes(word)) throw this.wrong();
  }
  wrong(at: number = this.here.at): MysqlFailure {
    return syntaxError(this.sql.slice(at), lineAt(this.sql, at));
  }
  /** A name, quoted or not. */
  name(): string {
    const token = this.here;
    if (token.kind !== 'name' && (token.kind !== 'word' || RESERVED.has(token.text.toUpperCase())))
      throw this.wrong();
    this.index += 1;
    return token.text;
  }
  /** Whether a name comes next. */
  seesName(): boolean {
    const { kind, text } = this.here;
    return kind === 'name' || (kind === 'word' && !RESERVED.has(text.toUpperCase()));
  }
  tableName(): TableName {
    const first = this.name();
    return this.takes('.') ? { database: first, table: this.name() } : { database: null, table: first };
  }
  text(): string {
    if (this.here.kind !== 'string') throw this.wrong();
    return this.next().text;
  }
  number(): number {
    if (this.here.kind !== 'number') throw this.wrong();
    return Number(this.next().text);
  }
  /** Things between commas. */
  list<T>(one: () => T): readonly T[] {
    const all = [one()];
    while (this.takes(',')) all.push(one());
    return all;
  }
  /** Whether nothing is left. */
  ended(): boolean {
    return this.here.kind === 'end';
  }
  /** The end of the statement. */
  end(): void {
    this.takes(';');
    if (!this.ended()) throw this.wrong();
  }
}
