import type {
  AnyNode,
  ArrowFunctionExpression,
  AssignmentExpression,
  Pattern as Binding,
  CallExpression,
  Expression,
  FunctionDeclaration,
  FunctionExpression,
  MemberExpression,
  ObjectExpression,
  Program,
  Statement,
  VariableDeclaration,
} from 'acorn';
import { display, listOf } from './display';
import { nativeMember, ScriptError } from './native-members';
import { binary, plainNumber } from './operators';
import { Variables } from './scope';
import { Break, Continue, Return, Thrown } from './signals';
import { specialMember } from './special-members';
import { type Callable, Host, isPlain, Pattern, Special } from './values';

/** Steps that one line may take. */
const MAX_STEPS = 200_000;
const MAX_DEPTH = 200;

/** Runs JavaScript as far as it is typed into a database's shell: values, functions, loops; nothing of the host. */
export class Interpreter {
  readonly #globals: Variables;
  readonly #source: string;
  #steps = 0;
  #depth = 0;

  constructor(globals: Variables, source: string) {
    this.#globals = globals;
    this.#source = source;
  }

  /** The value of the last statement. */
  run(program: Program): unknown {
    return this.#statements(program.body as readonly Statement[], this.#globals);
  }

  #statements(body: readonly Statement[], scope: Variables): unknown {
    for (const statement of body)
      if (statement.type === 'FunctionDeclaration')
        this.#declareFunction(statement as FunctionDeclaration, scope);
    let last: unknown;
    for (const statement of body) {
      const value = this.#statement(statement, scope);
      if (value !== undefined || statement.type === 'ExpressionStatement') last = value;
    }
    return last;
  }

  #step(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS)
      throw new ScriptError('MongoshRuntimeError', 'stopped: too many steps in one line');
  }

  #statement(node: Statement, scope: Variables): unknown {
    this.#step();
    switch (node.type) {
      case 'ExpressionStatement':
        return this.#value(node.expression, scope);
      case 'VariableDeclaration':
        this.#declare(node, scope);
        return undefined;
      case 'FunctionDeclaration':
      case 'EmptyStatement':
        return undefined;
      case 'BlockStatement':
        return this.#statements(node.body, new Variables(scope));
      case 'IfStatement':
        if (this.#value(node.test, scope)) return this.#statement(node.consequent, scope);
        return node.alternate ? this.#statement(node.alternate, scope) : undefined;
      case 'ForStatement':
        return this.#for(node, scope);
      case 'ForOfStatement':
      case 'ForInStatement':
        return this.#forEach(node, scope);
      case 'WhileStatement':
        return this.#loop(
          () => Boolean(this.#value(node.test, scope)),
          () => this.#statement(node.body, scope),
        );
      case 'DoWhileStatement': {
        let first = true;
        return this.#loop(
          () => {
            const goes = first || Boolean(this.#value(node.test, scope));
            first = false;
            return goes;
          },
          () => this.#statement(node.body, scope),
        );
      }
      case 'BreakStatement':
        throw new Break();
      case 'ContinueStatement':
        throw new Continue();
      case 'ReturnStatement':
        throw new Return(node.argument ? this.#value(node.argument, scope) : undefined);
      case 'ThrowStatement':
        throw new Thrown(this.#value(node.argument, scope));
      case 'TryStatement':
        return this.#try(node, scope);
      default:
        return this.#unsupported(node);
    }
  }

  #unsupported(node: AnyNode): never {
    throw new ScriptError(
      'SyntaxError',
      `${node.type} is not understood here: ${this.#source.slice(node.start, node.end).slice(0, 60)}`,
    );
  }

  #declare(node: VariableDeclaration, scope: Variables): void {
    for (const { id, init } of node.declarations)
      this.#bind(id, init ? this.#value(init, scope) : undefined, scope, true);
  }

  #bind(target: Binding, value: unknown, scope: Variables, declares: boolean): void {
    switch (target.type) {
      case 'Identifier':
        if (declares) scope.declare(target.name, value);
        else scope.set(target.name, value);
        return;
      case 'MemberExpression':
        this.#assignMember(target, value, scope);
        return;
      case 'AssignmentPattern':
        this.#bind(
          target.left,
          value === undefined ? this.#value(target.right, scope) : value,
          scope,
          declares,
        );
        return;
      case 'ArrayPattern':
        target.elements.forEach((element, index) => {
          if (element?.type === 'RestElement')
            this.#bind(element.argument, listOf(value).slice(index), scope, declares);
          else if (element) this.#bind(element, listOf(value)[index], scope, declares);
        });
        return;
      case 'ObjectPattern':
        for (const property of target.properties) {
          if (property.type === 'RestElement')
            this.#bind(property.argument, isPlain(value) ? { ...value } : {}, scope, declares);
          else
            this.#bind(
              property.value,
              this.#memberOf(value, this.#key(property.key as Expression, property.computed, scope)),
              scope,
              declares,
            );
        }
        return;
      default:
        this.#unsupported(target);
    }
  }

  #for(node: Extract<Statement, { type: 'ForStatement' }>, outer: Variables): unknown {
    const scope = new Variables(outer);
    if (node.init?.type === 'VariableDeclaration') this.#declare(node.init, scope);
    else if (node.init) this.#value(node.init, scope);
    return this.#loop(
      () => !node.test || Boolean(this.#value(node.test, scope)),
      () => this.#statement(node.body, scope),
      () => node.update && this.#value(node.update, scope),
    );
  }

  #loop(test: () => boolean, body: () => unknown, after: () => unknown = () => undefined): unknown {
    let last: unknown;
    while (test()) {
      this.#step();
      try {
        last = body();
      } catch (error) {
        if (error instanceof Break) break;
        if (!(error instanceof Continue)) throw error;
      }
      after();
    }
    return last;
  }

  #forEach(
    node: Extract<Statement, { type: 'ForOfStatement' | 'ForInStatement' }>,
    outer: Variables,
  ): unknown {
    const value = this.#value(node.right, outer);
    const items =
      node.type === 'ForOfStatement'
        ? listOf(value)
        : Array.isArray(value)
          ? value.map((_, index) => String(index))
          : isPlain(value)
            ? Object.keys(value)
            : [];
    const { left } = node;
    let at = -1;
    return this.#loop(
      () => {
        at += 1;
        return at < items.length;
      },
      () => {
        const scope = new Variables(outer);
        const target = left.type === 'VariableDeclaration' ? left.declarations[0]?.id : left;
        if (target) this.#bind(target, items[at], scope, left.type === 'VariableDeclaration');
        return this.#statement(node.body, scope);
      },
    );
  }

  #try(node: Extract<Statement, { type: 'TryStatement' }>, scope: Variables): unknown {
    try {
      return this.#statements(node.block.body, new Variables(scope));
    } catch (error) {
      const caught =
        error instanceof Thrown ? error.value : error instanceof ScriptError ? errorObject(error) : undefined;
      if (caught === undefined || !node.handler) throw error;
      const inner = new Variables(scope);
      if (node.handler.param) this.#bind(node.handler.param, caught, inner, true);
      return this.#statements(node.handler.body.body, inner);
    } finally {
      if (node.finalizer) this.#statements(node.finalizer.body, new Variables(scope));
    }
  }

  #declareFunction(node: FunctionDeclaration, scope: Variables): void {
    scope.declare(node.id.name, this.#function(node, scope));
  }

  #function(
    node: FunctionDeclaration | FunctionExpression | ArrowFunctionExpression,
    scope: Variables,
  ): Callable {
    const run = (...args: readonly unknown[]): unknown => {
      this.#step();
      if (this.#depth > MAX_DEPTH) throw new ScriptError('RangeError', 'Maximum call stack size exceeded');
      this.#depth += 1;
      try {
        const inner = new Variables(scope);
        node.params.forEach((param, index) => {
          if (param.type === 'RestElement') this.#bind(param.argument, args.slice(index), inner, true);
          else this.#bind(param, args[index], inner, true);
        });
        if (node.body.type !== 'BlockStatement') return this.#value(node.body, inner);
        this.#statements(node.body.body, inner);
        return undefined;
      } catch (error) {
        if (error instanceof Return) return error.value;
        throw error;
      } finally {
        this.#depth -= 1;
      }
    };
    SOURCES.set(run, this.#source.slice(node.start, node.end));
    return run;
  }

  #value(node: Expression, scope: Variables): unknown {
    switch (node.type) {
      case 'Literal':
        return node.regex ? new Pattern(node.regex.pattern, node.regex.flags) : node.value;
      case 'Identifier':
        if (node.name === 'undefined') return undefined;
        if (node.name === 'NaN') return Number.NaN;
        if (node.name === 'Infinity') return Number.POSITIVE_INFINITY;
        if (!scope.has(node.name)) throw new ScriptError('ReferenceError', `${node.name} is not defined`);
        return scope.get(node.name);
      case 'ThisExpression':
        return undefined;
      case 'TemplateLiteral':
        return node.quasis
          .map(
            (piece, index) =>
              (piece.value.cooked ?? '') +
              (index < node.expressions.length
                ? display(this.#value(node.expressions[index] as Expression, scope))
                : ''),
          )
          .join('');
      case 'ArrayExpression':
        return node.elements.flatMap((element) =>
          element === null
            ? [undefined]
            : element.type === 'SpreadElement'
              ? listOf(this.#value(element.argument, scope))
              : [this.#value(element, scope)],
        );
      case 'ObjectExpression':
        return this.#object(node, scope);
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.#function(node, scope);
      case 'UnaryExpression':
        return this.#unary(node, scope);
      case 'UpdateExpression': {
        const before = Number(this.#value(node.argument, scope));
        const after = node.operator === '++' ? before + 1 : before - 1;
        this.#bind(node.argument as Binding, after, scope, false);
        return node.prefix ? after : before;
      }
      case 'BinaryExpression':
        return binary(
          node.operator,
          this.#value(node.left as Expression, scope),
          this.#value(node.right, scope),
        );
      case 'LogicalExpression': {
        const left = this.#value(node.left, scope);
        const stays =
          node.operator === '&&'
            ? !left
            : node.operator === '||'
              ? Boolean(left)
              : left !== null && left !== undefined;
        return stays ? left : this.#value(node.right, scope);
      }
      case 'ConditionalExpression':
        return this.#value(this.#value(node.test, scope) ? node.consequent : node.alternate, scope);
      case 'AssignmentExpression':
        return this.#assign(node, scope);
      case 'SequenceExpression':
        return node.expressions.map((each) => this.#value(each, scope)).at(-1);
      case 'MemberExpression':
        return this.#member(node, scope).value;
      case 'ChainExpression':
        return this.#value(node.expression, scope);
      case 'CallExpression':
        return this.#call(node, scope);
      case 'NewExpression': {
        const made = this.#value(node.callee as Expression, scope);
        return this.#apply(made, this.#arguments(node.arguments, scope), this.#text(node.callee));
      }
      case 'AwaitExpression':
        return this.#value(node.argument, scope);
      case 'ParenthesizedExpression':
        return this.#value(node.expression, scope);
      default:
        return this.#unsupported(node);
    }
  }

  #text(node: AnyNode): string {
    return this.#source.slice(node.start, node.end);
  }

  #object(node: ObjectExpression, scope: Variables): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.#value(property.argument, scope);
        if (isPlain(spread)) Object.assign(made, spread);
      } else
        put(
          made,
          this.#key(property.key as Expression, property.computed, scope),
          this.#value(property.value as Expression, scope),
        );
    }
    return made;
  }

  #key(node: Expression, computed: boolean, scope: Variables): string {
    if (!computed && node.type === 'Identifier') return node.name;
    return display(this.#value(node, scope));
  }

  #unary(node: Extract<Expression, { type: 'UnaryExpression' }>, scope: Variables): unknown {
    if (node.operator === 'typeof' && node.argument.type === 'Identifier' && !scope.has(node.argument.name))
      return 'undefined';
    if (node.operator === 'delete') {
      if (node.argument.type === 'MemberExpression') {
        const object = this.#value(node.argument.object as Expression, scope);
        if (isPlain(object)) delete object[this.#memberName(node.argument, scope)];
      }
      return true;
    }
    const value = this.#value(node.argument, scope);
    switch (node.operator) {
      case '!':
        return !value;
      case '-':
        return -Number(plainNumber(value));
      case '+':
        return Number(plainNumber(value));
      case 'typeof':
        return typeof value;
      case '~':
        return ~Number(value);
      default:
        return undefined;
    }
  }

  #assign(node: AssignmentExpression, scope: Variables): unknown {
    const target = node.left as Binding;
    if (node.operator === '=') {
      const value = this.#value(node.right, scope);
      this.#bind(target, value, scope, false);
      return value;
    }
    const before = this.#value(target as Expression, scope);
    const operator = node.operator.slice(0, -1);
    if (operator === '&&' || operator === '||' || operator === '??') {
      const stays =
        operator === '&&'
          ? !before
          : operator === '||'
            ? Boolean(before)
            : before !== null && before !== undefined;
      if (stays) return before;
      const value = this.#value(node.right, scope);
      this.#bind(target, value, scope, false);
      return value;
    }
    const value = binary(operator, before, this.#value(node.right, scope));
    this.#bind(target, value, scope, false);
    return value;
  }

  #assignMember(node: MemberExpression, value: unknown, scope: Variables): void {
    const object = this.#value(node.object as Expression, scope);
    const name = this.#memberName(node, scope);
    if (Array.isArray(object) && /^\d{1,6}$/.test(name)) object[Number(name)] = value;
    else if (isPlain(object)) put(object, name, value);
    else if (object === null || object === undefined)
      throw new ScriptError('TypeError', `Cannot set properties of ${String(object)} (setting '${name}')`);
  }

  #memberName(node: MemberExpression, scope: Variables): string {
    if (!node.computed && node.property.type === 'Identifier') return node.property.name;
    return display(this.#value(node.property as Expression, scope));
  }

  #member(node: MemberExpression, scope: Variables): { readonly value: unknown } {
    const object = this.#value(node.object as Expression, scope);
    if (node.optional && (object === null || object === undefined)) return { value: undefined };
    const name = this.#memberName(node, scope);
    if (object === null || object === undefined)
      throw new ScriptError('TypeError', `Cannot read properties of ${String(object)} (reading '${name}')`);
    return { value: this.#memberOf(object, name) };
  }

  #memberOf(object: unknown, name: string): unknown {
    if (object instanceof Host) return object.member(name);
    if (object instanceof Special) return specialMember(object, name);
    return nativeMember(object, name);
  }

  #arguments(nodes: CallExpression['arguments'], scope: Variables): unknown[] {
    return nodes.flatMap((each) =>
      each.type === 'SpreadElement' ? listOf(this.#value(each.argument, scope)) : [this.#value(each, scope)],
    );
  }

  #call(node: CallExpression, scope: Variables): unknown {
    const callee = this.#value(node.callee as Expression, scope);
    if (node.optional && (callee === null || callee === undefined)) return undefined;
    return this.#apply(callee, this.#arguments(node.arguments, scope), this.#text(node.callee));
  }

  #apply(callee: unknown, args: readonly unknown[], text: string): unknown {
    this.#step();
    const target = callee instanceof Host ? callee.member('()') : callee;
    if (typeof target !== 'function') throw new ScriptError('TypeError', `${text} is not a function`);
    return (target as Callable)(...args);
  }
}

/** The source of functions that were typed, so that they outlive their line. */
const SOURCES = new WeakMap<Callable, string>();

/** A function's own text; undefined for the shell's own. */
export function sourceOf(value: unknown): string | undefined {
  return typeof value === 'function' ? SOURCES.get(value as Callable) : undefined;
}

function put(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') object[name] = value;
}

function errorObject(error: ScriptError): Record<string, unknown> {
  return {
    name: error.name,
    message: error.message,
    ...('fields' in error && isPlain(error.fields) ? error.fields : {}),
  };
}
