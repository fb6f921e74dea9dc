/** The statements of a text, each with the line that it begins on. */
export function statementsOf(text: string): readonly { readonly sql: string; readonly line: number }[] {
  const found: { sql: string; line: number }[] = [];
  const pattern =
    /'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`|--[ \t][^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|;|[^;'"`#/-]+|[^;]/g;
  let [sql, start, at] = ['', 0, 0];
  const take = (): void => {
    if (sql.trim() !== '') found.push({ sql: sql.trim(), line: text.slice(0, start).split('\n').length });
    sql = '';
  };
  for (const [piece] of text.matchAll(pattern)) {
    if (piece === ';') take();
    // Clients leave comments out.
    else if (!/^(?:--[ \t]|#|\/\*(?!!))/.test(piece)) {
      if (sql.trim() === '') start = at + (piece.length - piece.trimStart().length);
      sql += piece;
    }
    at += piece.length;
  }
  take();
  return found;
}
