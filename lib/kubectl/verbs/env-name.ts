const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const RULE =
  "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')";

/** What is wrong with the name of a variable of the environment (validation.IsEnvVarName). */
export function envNameErrors(name: string): readonly string[] {
  return [
    ...(NAME.test(name) ? [] : [RULE]),
    ...(name === '.' ? ["must not be '.'"] : []),
    ...(name === '..' ? ["must not be '..'"] : name.startsWith('..') ? ["must not start with '..'"] : []),
  ];
}
