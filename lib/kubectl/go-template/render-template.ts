import { isRecord } from '../../base';
import { goValueText } from '../jsonpath';
import type { Operand, Pipeline, PipelineStage, Template, TemplateNode } from './parse-template';
import { ExecFailure } from './template-error';
import { callFunction, isTrue } from './template-functions';

interface Scope {
  readonly template: Template;
  readonly dot: unknown;
  readonly variables: Variables;
  readonly depth: number;
  /** A key that a map lacks is an error (missingkey=error). */
  readonly strict: boolean;
}

/** Variables by name; a block sees those around it, and `=` sets where they were declared. */
interface Variables {
  readonly own: Map<string, unknown>;
  readonly outer?: Variables | undefined;
}

type Flow = 'next' | 'break' | 'continue';

/** text/template's limit (maxExecDepth). */
const MAX_DEPTH = 100_000;
/** Ours: a template that calls itself so often never ends. */
const DEPTH = 500;

/** A template's text for some data; a missing key prints `<no value>`, or fails where it is `strict`. */
export function renderTemplate(template: Template, data: unknown, { strict = false } = {}): string {
  const out: string[] = [];
  try {
    runAll(
      template.nodes,
      { template, dot: data, variables: { own: new Map([['$', data]]) }, depth: 0, strict },
      out,
    );
  } catch (error) {
    if (error instanceof ExecFailure) error.output = out.join('');
    throw error;
  }
  return out.join('');
}

function runAll(nodes: readonly TemplateNode[], scope: Scope, out: string[]): Flow {
  for (const node of nodes) {
    const flow = runNode(node, scope, out);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

const within = (scope: Scope): Scope => ({ ...scope, variables: { own: new Map(), outer: scope.variables } });

function runNode(node: TemplateNode, scope: Scope, out: string[]): Flow {
  switch (node.kind) {
    case 'text':
      out.push(node.text);
      return 'next';
    case 'break':
    case 'continue':
      return node.kind;
    case 'print': {
      const value = evaluate(node.pipeline, scope);
      if (node.pipeline.declares.length === 0) out.push(printed(value));
      return 'next';
    }
    case 'template':
      return runNamed(node, scope, out);
    case 'if': {
      const inner = within(scope);
      return runAll(isTrue(evaluate(node.pipeline, inner)) ? node.body : node.otherwise, inner, out);
    }
    case 'with': {
      const inner = within(scope);
      const value = evaluate(node.pipeline, inner);
      return isTrue(value)
        ? runAll(node.body, { ...inner, dot: value }, out)
        : runAll(node.otherwise, inner, out);
    }
    case 'range':
      return runRange(node, scope, out);
  }
}

function runNamed(node: Extract<TemplateNode, { kind: 'template' }>, scope: Scope, out: string[]): Flow {
  const nodes = scope.template.defined.get(node.name);
  if (!nodes) throw failure(scope, node, `template "${node.name}" not defined`);
  if (scope.depth >= DEPTH) throw failure(scope, node, `exceeded maximum template depth (${MAX_DEPTH})`);
  const dot = node.pipeline && evaluate(node.pipeline, scope);
  runAll(nodes, { ...scope, dot, variables: { own: new Map([['$', dot]]) }, depth: scope.depth + 1 }, out);
  return 'next';
}

function runRange(node: Extract<TemplateNode, { kind: ControlKind }>, scope: Scope, out: string[]): Flow {
  const over = evaluate({ ...node.pipeline, declares: [] }, scope);
  const entries = entriesOf(over);
  if (!entries) {
    const [stage] = node.pipeline.commands;
    throw failure(scope, stage ?? { at: node.at, text: '' }, `range can't iterate over ${goValueText(over)}`);
  }
  if (entries.length === 0) return runAll(node.otherwise, scope, out);
  const { declares } = node.pipeline;
  for (const [key, value] of entries) {
    const inner = within(scope);
    if (declares.length === 1) inner.variables.own.set(declares[0] ?? '', value);
    if (declares.length === 2) inner.variables.own.set(declares[0] ?? '', key).set(declares[1] ?? '', value);
    if (runAll(node.body, { ...inner, dot: value }, out) === 'break') break;
  }
  return 'next';
}

type ControlKind = 'if' | 'range' | 'with';

/** What `range` goes over; undefined for what it cannot. */
function entriesOf(over: unknown): readonly (readonly [unknown, unknown])[] | undefined {
  if (over === undefined || over === null) return [];
  if (Array.isArray(over)) return over.map((value, index) => [BigInt(index), value] as const);
  if (isRecord(over))
    return Object.keys(over)
      .sort()
      .map((key) => [key, over[key]] as const);
  if (typeof over === 'bigint')
    return Array.from(
      { length: Math.max(Number(over), 0) },
      (_, index) => [BigInt(index), BigInt(index)] as const,
    );
  return undefined;
}

const failure = (
  { template }: Scope,
  node: { readonly at: number; readonly text: string },
  why: string,
): ExecFailure => new ExecFailure(template.text, node.at, node.text, why);

const printed = (value: unknown) =>
  value === undefined || value === null ? '<no value>' : goValueText(value);

function evaluate(pipeline: Pipeline, scope: Scope): unknown {
  let value: unknown;
  pipeline.commands.forEach((command, index) => {
    value = runStage(command, scope, index === 0 ? [] : [value]);
  });
  for (const name of pipeline.declares) {
    const place = pipeline.assigns ? owner(scope.variables, name) : undefined;
    (place ?? scope.variables).own.set(name, value);
  }
  return value;
}

function owner(variables: Variables, name: string): Variables | undefined {
  if (variables.own.has(name)) return variables;
  return variables.outer && owner(variables.outer, name);
}

function runStage(stage: PipelineStage, scope: Scope, piped: readonly unknown[]): unknown {
  const [first, ...rest] = stage.operands;
  if (!first) return undefined;
  if (first.kind !== 'function') {
    if (rest.length > 0 || piped.length > 0)
      throw failure(
        scope,
        first,
        first.kind === 'field'
          ? `${first.path.at(-1)} is not a method but has arguments`
          : `can't give argument to non-function ${first.text}`,
      );
    if (first.kind === 'literal' && first.value === null) throw failure(scope, first, 'nil is not a command');
    return operandValue(first, scope);
  }
  return call(first.name, stage, scope, [
    ...rest.map((each) => () => operandValue(each, scope)),
    ...piped.map((value) => () => value),
  ]);
}

/** `and` and `or` look at no more than they need. */
function call(
  name: string,
  node: { readonly at: number; readonly text: string },
  scope: Scope,
  args: readonly (() => unknown)[],
): unknown {
  if (name === 'and' || name === 'or') {
    if (args.length === 0)
      throw failure(
        scope,
        { ...node, text: name },
        `wrong number of args for ${name}: want at least 1 got 0`,
      );
    let value: unknown;
    for (const arg of args) {
      value = arg();
      if (isTrue(value) === (name === 'or')) break;
    }
    return value;
  }
  const result = callFunction(
    name,
    args.map((arg) => arg()),
  );
  if ('wrongCount' in result)
    throw failure(scope, node, `wrong number of args for ${name}: ${result.wrongCount}`);
  if ('error' in result) throw failure(scope, node, `error calling ${name}: ${result.error}`);
  return result.value;
}

function operandValue(operand: Operand, scope: Scope): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'dot':
      return scope.dot;
    case 'field':
      return follow(scope.dot, operand, scope);
    case 'variable':
      return follow(owner(scope.variables, operand.name)?.own.get(operand.name), operand, scope);
    case 'pipeline':
      return follow(evaluate(operand.pipeline, scope), operand, scope);
    case 'function':
      return call(operand.name, operand, scope, []);
  }
}

function follow(
  value: unknown,
  operand: Operand & { readonly path: readonly string[] },
  scope: Scope,
): unknown {
  let current = value;
  for (const name of operand.path) {
    if (current === undefined || current === null) return undefined;
    if (!isRecord(current))
      throw failure(scope, lastOf(operand), `can't evaluate field ${name} in type interface {}`);
    if (scope.strict && !Object.hasOwn(current, name))
      throw failure(scope, operand, `map has no entry for key "${name}"`);
    current = current[name];
  }
  return current;
}

/** What was looked at last before a field of a parenthesis: its last word. */
function lastOf(operand: Operand): Operand {
  if (operand.kind !== 'pipeline') return operand;
  const last = operand.pipeline.commands.at(-1)?.operands.at(-1);
  return last ? lastOf(last) : operand;
}
