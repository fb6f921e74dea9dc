import type { TestExpression } from 'unbash';
import { type Files, matchesPattern, posixRegExp } from '../../base';
import { type Io, isInstalled, resolvePath, toolOfPath } from '../process';
import { calculate } from './assign';
import { ShellError } from './control';
import type { Scope, Shell } from './shell';
import { expandPattern, expandRegExp, expandString } from './words';

const FILE_TESTS = 'abcdefghkLnprsStuwxzGNOv';

/** Whether `operator` is a unary test such as -f or -z. */
export function isUnary(operator: string): boolean {
  return (
    /^-[a-zA-Z]$/.test(operator) &&
    (FILE_TESTS.includes(operator[1] ?? '') || operator === '-o' || operator === '-R')
  );
}

const BINARIES = [
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
  '=~',
];

/** Whether `operator` compares two operands. */
export function isBinary(operator: string): boolean {
  return BINARIES.includes(operator);
}

/** A unary test's outcome. */
export function testUnary(shell: Shell, io: Io, operator: string, operand: string): boolean {
  const { files } = shell.kernel.machine;
  switch (operator) {
    case '-z':
      return operand === '';
    case '-n':
      return operand !== '';
    case '-v': {
      const match = /^(\w+)(?:\[(.*)\])?$/.exec(operand);
      const variable = shell.variables.get(match?.[1] ?? '');
      if (variable === undefined) return false;
      if (match?.[2] !== undefined) return variable.items.has(match[2]);
      return variable.kind === 'scalar' ? variable.value !== undefined : variable.items.has('0');
    }
    case '-o':
      return Object.entries(shell.options).some(([name, on]) => name === operand && on === true);
    case '-t': {
      const descriptor = io.fds.get(Number(operand));
      return descriptor?.reader?.terminal !== undefined || descriptor?.writer?.isTerminal === true;
    }
    default:
      return (
        (isProgram(shell, operand) && 'aefrxs'.includes(operator.slice(1))) ||
        testFile(files, resolvePath(shell.cwd, operand), operand, operator)
      );
  }
}

/** Whether a path is a program's: their files are not kept. */
function isProgram(shell: Shell, operand: string): boolean {
  if (!operand.includes('/')) return false;
  const tool = toolOfPath(resolvePath(shell.cwd, operand));
  return tool !== undefined && isInstalled(shell.kernel, tool);
}

function testFile(files: Files, path: string, typed: string, operator: string): boolean {
  const device = path.startsWith('/dev/');
  const found = typed === '' ? undefined : files.stat(path);
  if (found === undefined) {
    const isDevice = [
      '/dev/null',
      '/dev/tty',
      '/dev/stdin',
      '/dev/stdout',
      '/dev/stderr',
      '/dev/zero',
    ].includes(path);
    return device && isDevice && 'ecrw'.includes(operator[1] ?? '');
  }
  switch (operator) {
    case '-f':
      return found.kind === 'file';
    case '-d':
      return found.kind === 'directory';
    case '-s':
      return found.size > 0;
    case '-r':
      return (found.mode & 0o400) !== 0;
    case '-w':
      return (found.mode & 0o200) !== 0;
    case '-x':
      return (found.mode & 0o111) !== 0;
    case '-e':
    case '-a':
    case '-O':
    case '-G':
    case '-N':
      return true;
    default:
      return false;
  }
}

/** A comparison's outcome, as `[` makes it (`[[` takes the right side as a pattern itself). */
export function testBinary(
  shell: Shell,
  left: string,
  operator: string,
  right: string,
  whole: (text: string) => bigint,
): boolean {
  const { files } = shell.kernel.machine;
  const stat = (path: string) => files.stat(resolvePath(shell.cwd, path));
  switch (operator) {
    case '=':
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '-eq':
      return whole(left) === whole(right);
    case '-ne':
      return whole(left) !== whole(right);
    case '-lt':
      return whole(left) < whole(right);
    case '-le':
      return whole(left) <= whole(right);
    case '-gt':
      return whole(left) > whole(right);
    case '-ge':
      return whole(left) >= whole(right);
    case '-nt':
      return (stat(left)?.modifiedAt ?? -1) > (stat(right)?.modifiedAt ?? -1);
    case '-ot':
      return (stat(left)?.modifiedAt ?? -1) < (stat(right)?.modifiedAt ?? -1);
    default:
      return resolvePath(shell.cwd, left) === resolvePath(shell.cwd, right) && stat(left) !== undefined;
  }
}

/** The outcome of a `[[ … ]]` expression. */
export async function testExpression(scope: Scope, expression: TestExpression): Promise<boolean> {
  const { shell } = scope;
  switch (expression.type) {
    case 'TestGroup':
      return testExpression(scope, expression.expression);
    case 'TestNot': {
      const inner = await testExpression(scope, expression.operand);
      return expression.negations.length % 2 === 1 ? !inner : inner;
    }
    case 'TestLogical': {
      let outcome = expression.operator === '&&';
      for (const operand of expression.operands) {
        outcome = await testExpression(scope, operand);
        if (outcome !== (expression.operator === '&&')) return outcome;
      }
      return outcome;
    }
    case 'TestUnary':
      return testUnary(shell, scope.io, expression.operator, await expandString(scope, expression.operand));
    default:
      return testComparison(scope, expression);
  }
}

async function testComparison(
  scope: Scope,
  expression: TestExpression & { type: 'TestBinary' },
): Promise<boolean> {
  const { shell } = scope;
  const left = await expandString(scope, expression.left);
  const { operator } = expression;
  if (operator === '=~') return matchRegExp(shell, left, await expandRegExp(scope, expression.right));
  if (operator === '=' || operator === '==' || operator === '!=') {
    const pattern = await expandPattern(scope, expression.right);
    return matchesPattern(pattern, left, shell.options.nocasematch) === (operator !== '!=');
  }
  const right = await expandString(scope, expression.right);
  return testBinary(shell, left, operator, right, (text) => wholeOf(shell, text));
}

/** A side of `-eq` and its like: a mistake in it is told in the name of `[[`. */
function wholeOf(shell: Shell, text: string): bigint {
  try {
    return calculate(shell, text);
  } catch (error) {
    if (error instanceof ShellError) throw new ShellError(`[[: ${error.message}`, error.status, error.fatal);
    throw error;
  }
}

function matchRegExp(shell: Shell, text: string, source: string): boolean {
  let shape: RegExp;
  try {
    shape = new RegExp(posixRegExp(source), shell.options.nocasematch ? 'is' : 's');
  } catch (error) {
    if (error instanceof SyntaxError) throw new ShellError('', 2);
    throw error;
  }
  const match = shape.exec(text);
  const items = new Map((match ?? []).map((group, index) => [String(index), group ?? '']));
  shell.variables.set('BASH_REMATCH', {
    kind: 'indexed',
    value: undefined,
    items,
    exported: false,
    readonly: false,
    integer: false,
    letters: undefined,
  });
  return match !== null;
}
