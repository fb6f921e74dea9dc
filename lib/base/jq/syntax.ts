import type { JqValue } from './value';

/** A place in a filter's text, for error messages. */
export interface Place {
  readonly pos: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';
export type AssignOperator = '=' | '|=' | '+=' | '-=' | '*=' | '/=' | '%=' | '//=';

export interface FunctionDefinition {
  readonly name: string;
  /** `$x` for a value, `f` for a filter. */
  readonly params: readonly string[];
  readonly body: Filter;
}

export type Pattern =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Pattern[] }
  | {
      readonly kind: 'object';
      readonly entries: readonly {
        /** `$name` binds the value as well. */
        readonly variable: string | undefined;
        readonly key: Filter;
        readonly value: Pattern | undefined;
      }[];
    };

/** A filter, parsed. */
export type Filter =
  | { readonly kind: 'identity' }
  | { readonly kind: 'recurse' }
  | { readonly kind: 'literal'; readonly value: JqValue }
  | {
      readonly kind: 'string';
      readonly format: string | undefined;
      readonly parts: readonly (string | Filter)[];
    }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'index'; readonly term: Filter; readonly key: Filter }
  | {
      readonly kind: 'slice';
      readonly term: Filter;
      readonly from: Filter | undefined;
      readonly to: Filter | undefined;
    }
  | { readonly kind: 'iterate'; readonly term: Filter }
  | { readonly kind: 'try'; readonly body: Filter; readonly handler: Filter | undefined }
  | { readonly kind: 'array'; readonly body: Filter | undefined }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Filter, Filter])[] }
  | { readonly kind: 'negate'; readonly body: Filter }
  | {
      readonly kind: 'pipe' | 'comma' | 'and' | 'or';
      readonly left: Filter;
      readonly right: Filter;
    }
  | { readonly kind: 'alternative'; readonly left: Filter; readonly right: Filter }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Filter;
      readonly right: Filter;
    }
  | {
      readonly kind: 'assign';
      readonly operator: AssignOperator;
      readonly left: Filter;
      readonly right: Filter;
    }
  | {
      readonly kind: 'if';
      readonly condition: Filter;
      readonly then: Filter;
      readonly otherwise: Filter | undefined;
    }
  | {
      readonly kind: 'reduce';
      readonly source: Filter;
      readonly patterns: readonly Pattern[];
      readonly init: Filter;
      readonly update: Filter;
    }
  | {
      readonly kind: 'foreach';
      readonly source: Filter;
      readonly patterns: readonly Pattern[];
      readonly init: Filter;
      readonly update: Filter;
      readonly extract: Filter | undefined;
    }
  | {
      readonly kind: 'bind';
      readonly source: Filter;
      readonly patterns: readonly Pattern[];
      readonly body: Filter;
    }
  | { readonly kind: 'define'; readonly definition: FunctionDefinition; readonly body: Filter }
  | { readonly kind: 'label'; readonly name: string; readonly body: Filter }
  | ({ readonly kind: 'break'; readonly name: string } & Place)
  | ({ readonly kind: 'variable'; readonly name: string } & Place)
  | ({ readonly kind: 'call'; readonly name: string; readonly args: readonly Filter[] } & Place);
