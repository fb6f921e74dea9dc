import { describe, expect, it } from 'vitest';
import { GLOBAL_FLAGS, getManual } from '../manual';
import { UsageError } from '../seams';
import { parseFlags } from './parse-flags';

const FLAGS = [...getManual.flags, ...GLOBAL_FLAGS];

const parsed = (line: string) => {
  const args = parseFlags(line.split(' '), FLAGS);
  if (args instanceof UsageError) return args.message;
  return { words: args.positional, dash: args.afterDash, ...args.flags };
};

describe('[K1] flags are read as pflag reads them', () => {
  it.each([
    ['pods -n x', { words: ['pods'], namespace: 'x' }],
    ['pods -nx', { words: ['pods'], namespace: 'x' }],
    ['pods -n=x', { words: ['pods'], namespace: 'x' }],
    ['pods --namespace=x', { words: ['pods'], namespace: 'x' }],
    ['--namespace x pods web', { words: ['pods', 'web'], namespace: 'x' }],
    ['pods -Aw', { words: ['pods'], 'all-namespaces': 'true', watch: 'true' }],
    ['pods -Ao wide', { words: ['pods'], 'all-namespaces': 'true', output: 'wide' }],
    ['pods --watch=false', { words: ['pods'], watch: 'false' }],
    ['-f a,b -f c', { words: [], filename: ['a', 'b', 'c'] }],
    ['pods -- -n x', { words: ['pods'], dash: ['-n', 'x'] }],
    ['pods -', { words: ['pods', '-'] }],
  ])('%s', (line, expected) => {
    expect(parsed(line)).toEqual({ dash: undefined, ...expected });
  });

  it.each([
    ['--foo', 'unknown flag: --foo'],
    ['-xw', "unknown shorthand flag: 'x' in -xw"],
    ['pods -o', "flag needs an argument: 'o' in -o"],
    ['pods --output', 'flag needs an argument: --output'],
    [
      '--watch=maybe',
      'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      '--chunk-size=x',
      'invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    ['--=x', 'bad flag syntax: --=x'],
  ])('%s is refused', (line, message) => {
    expect(parsed(line)).toBe(message);
  });
});
