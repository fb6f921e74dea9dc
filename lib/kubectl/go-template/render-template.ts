import { isRecord } from '../../base';
import { goValueText } from '../jsonpath';
import {
  type Operand,
  type Pipeline,
  parseTemplate,
  TemplateError,
  type TemplateNode,
} from './parse-template';
import { callFunction, isTrue } from './template-functions';

interface Scope {
  readonly dot: unknown;
  readonly variables: Map<string, unknown>;
}

type Flow = 'next' | 'break' | 'continue';

/** A template's text for some data; a missing key prints `<no value>`. */
export function renderTemplate(template: string, data: unknown): string {
  const out: string[] = [];
  runAll(parseTemplate(template), { dot: data, variables: new Map([['$', data]]) }, out);
  return out.join('');
}

function runAll(nodes: readonly TemplateNode[], scope: Scope, out: string[]): Flow {
  for (const node of nodes) {
    const flow = runNode(node, scope, out);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

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
    case 'if': {
      const inner = { ...scope, variables: new Map(scope.variables) };
      return runAll(isTrue(evaluate(node.pipeline, inner)) ? node.body : node.otherwise, inner, out);
    }
    case 'with': {
      const inner = { ...scope, variables: new Map(scope.variables) };
      const value = evaluate(node.pipeline, inner);
      return isTrue(value)
        ? runAll(node.body, { ...inner, dot: value }, out)
        : runAll(node.otherwise, inner, out);
    }
    case 'range':
      return runRange(node, scope, out);
  }
}

function runRange(
  node: Extract<TemplateNode, { kind: 'range' | 'if' | 'with' }>,
  scope: Scope,
  out: string[],
): Flow {
  const over = evaluate({ ...node.pipeline, declares: [] }, scope);
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(over)
    ? over.map((value, index) => [index, value] as const)
    : isRecord(over)
      ? Object.keys(over)
          .sort()
          .map((key) => [key, over[key]] as const)
      : [];
  if (!Array.isArray(over) && !isRecord(over) && over !== undefined && over !== null) {
    throw failure(`range can't iterate over ${goValueText(over)}`);
  }
  if (entries.length === 0) return runAll(node.otherwise, scope, out);
  const { declares } = node.pipeline;
  for (const [key, value] of entries) {
    const variables = new Map(scope.variables);
    if (declares.length === 1) variables.set(declares[0] ?? '', value);
    if (declares.length === 2) variables.set(declares[0] ?? '', key).set(declares[1] ?? '', value);
    if (runAll(node.body, { dot: value, variables }, out) === 'break') break;
  }
  return 'next';
}

const failure = (why: string) =>
  new TemplateError(`error executing template: template: output:1: executing "output": ${why}\n`);

const printed = (value: unknown) =>
  value === undefined || value === null ? '<no value>' : goValueText(value);

function evaluate(pipeline: Pipeline, scope: Scope): unknown {
  let value: unknown;
  pipeline.commands.forEach((command, index) => {
    value = runCommand(command, scope, index === 0 ? [] : [value]);
  });
  for (const name of pipeline.declares) scope.variables.set(name, value);
  return value;
}

function runCommand(command: readonly Operand[], scope: Scope, piped: readonly unknown[]): unknown {
  const [first, ...rest] = command;
  if (!first) return undefined;
  if (first.kind !== 'function') return operandValue(first, scope);
  const args = [...rest.map((each) => operandValue(each, scope)), ...piped];
  const result = callFunction(first.name, args);
  if ('error' in result) throw failure(result.error);
  return result.value;
}

function operandValue(operand: Operand, scope: Scope): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value;
    case 'dot':
      return scope.dot;
    case 'field':
      return follow(scope.dot, operand.path);
    case 'variable':
      return follow(scope.variables.get(operand.name), operand.path);
    case 'pipeline':
      return follow(evaluate(operand.pipeline, scope), operand.path);
    case 'function':
      return runCommand([operand], scope, []);
  }
}

function follow(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (current === undefined || current === null) return undefined;
    if (!isRecord(current)) throw failure(`can't evaluate field ${name} in type interface {}`);
    current = current[name];
  }
  return current;
}
