/** An expression of awk. */
export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expr }
  | { readonly kind: 'element'; readonly name: string; readonly keys: readonly Expr[] }
  | { readonly kind: 'assign'; readonly operator: string; readonly target: Expr; readonly value: Expr }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly target: Expr }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expr }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'in'; readonly keys: readonly Expr[]; readonly name: string }
  | { readonly kind: 'choice'; readonly test: Expr; readonly yes: Expr; readonly no: Expr }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expr[] };

/** A statement of awk. */
export type Stmt =
  | { readonly kind: 'expr'; readonly value: Expr }
  | {
      readonly kind: 'print';
      readonly format: boolean;
      readonly args: readonly Expr[];
      readonly to: { readonly operator: string; readonly target: Expr } | undefined;
    }
  | { readonly kind: 'if'; readonly test: Expr; readonly yes: Stmt; readonly no: Stmt | undefined }
  | { readonly kind: 'while'; readonly test: Expr; readonly body: Stmt; readonly first: boolean }
  | {
      readonly kind: 'for';
      readonly start: Stmt | undefined;
      readonly test: Expr | undefined;
      readonly next: Stmt | undefined;
      readonly body: Stmt;
    }
  | { readonly kind: 'each'; readonly variable: string; readonly array: string; readonly body: Stmt }
  | { readonly kind: 'block'; readonly body: readonly Stmt[] }
  | {
      readonly kind: 'jump';
      readonly name: 'next' | 'break' | 'continue' | 'exit' | 'return';
      readonly value: Expr | undefined;
    }
  | { readonly kind: 'delete'; readonly name: string; readonly keys: readonly Expr[] | undefined };

/** A pattern with its action. */
export interface Rule {
  readonly when: 'BEGIN' | 'END' | 'record';
  readonly pattern: Expr | undefined;
  readonly until: Expr | undefined;
  readonly body: Stmt | undefined;
}

/** A whole awk program. */
export interface AwkProgram {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, { readonly parameters: readonly string[]; readonly body: Stmt }>;
}
