import { type Callable, isPlain } from './values';

/** A mistake in what was typed, by the class that JavaScript gives it. */
export class ScriptError extends Error {
  override name: string;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const MAX_TEXT = 1_000_000;

type Method<T> = (self: T, args: readonly unknown[]) => unknown;

const call = (value: unknown, ...args: readonly unknown[]): unknown => {
  if (typeof value !== 'function') throw new ScriptError('TypeError', `${typeof value} is not a function`);
  return (value as Callable)(...args);
};
const number = (value: unknown, otherwise = 0): number => (value === undefined ? otherwise : Number(value));
const text = (value: unknown): string => String(value);

/** Methods of arrays, each by its own name only: nothing of the host shows through. */
const ARRAY: Readonly<Record<string, Method<unknown[]>>> = {
  push: (self, args) => self.push(...args),
  pop: (self) => self.pop(),
  shift: (self) => self.shift(),
  unshift: (self, args) => self.unshift(...args),
  slice: (self, [from, to]) => self.slice(number(from), to === undefined ? undefined : number(to)),
  splice: (self, [from, count, ...items]) => self.splice(number(from), number(count, self.length), ...items),
  map: (self, [work]) => self.map((each, index) => call(work, each, index)),
  filter: (self, [work]) => self.filter((each, index) => call(work, each, index)),
  forEach(self, [work]) {
    for (const [index, each] of self.entries()) call(work, each, index);
  },
  reduce: (self, [work, ...rest]) =>
    rest.length > 0
      ? self.reduce((sum, each, index) => call(work, sum, each, index), rest[0])
      : self.reduce((sum, each, index) => call(work, sum, each, index)),
  find: (self, [work]) => self.find((each, index) => call(work, each, index)),
  findIndex: (self, [work]) => self.findIndex((each, index) => call(work, each, index)),
  some: (self, [work]) => self.some((each, index) => Boolean(call(work, each, index))),
  every: (self, [work]) => self.every((each, index) => Boolean(call(work, each, index))),
  includes: (self, [value]) => self.includes(value),
  indexOf: (self, [value]) => self.indexOf(value),
  join: (self, [separator]) =>
    self
      .map((each) => (each === null || each === undefined ? '' : text(each)))
      .join(separator === undefined ? ',' : text(separator)),
  concat: (self, args) => self.concat(...(args as unknown[][])),
  sort: (self, [work]) => (work === undefined ? self.sort() : self.sort((a, b) => number(call(work, a, b)))),
  reverse: (self) => self.reverse(),
  flat: (self) => self.flat(),
  at: (self, [index]) => self.at(number(index)),
  toString: (self: unknown[]) => self.join(','),
  keys: (self) => [...self.keys()],
};

const STRING: Readonly<Record<string, Method<string>>> = {
  toUpperCase: (self) => self.toUpperCase(),
  toLowerCase: (self) => self.toLowerCase(),
  trim: (self) => self.trim(),
  split: (self, [separator]) => (separator === undefined ? [self] : self.split(text(separator))),
  slice: (self, [from, to]) => self.slice(number(from), to === undefined ? undefined : number(to)),
  substring: (self, [from, to]) => self.substring(number(from), to === undefined ? undefined : number(to)),
  indexOf: (self, [part]) => self.indexOf(text(part)),
  includes: (self, [part]) => self.includes(text(part)),
  startsWith: (self, [part]) => self.startsWith(text(part)),
  endsWith: (self, [part]) => self.endsWith(text(part)),
  replace: (self, [from, to]) => self.replace(text(from), () => text(to)),
  replaceAll: (self, [from, to]) => self.replaceAll(text(from), () => text(to)),
  padStart: (self, [width, fill]) =>
    self.padStart(Math.min(number(width), MAX_TEXT), fill === undefined ? ' ' : text(fill)),
  padEnd: (self, [width, fill]) =>
    self.padEnd(Math.min(number(width), MAX_TEXT), fill === undefined ? ' ' : text(fill)),
  repeat: (self, [count]) =>
    self.repeat(Math.min(number(count), Math.floor(MAX_TEXT / Math.max(1, self.length)))),
  charAt: (self, [index]) => self.charAt(number(index)),
  charCodeAt: (self, [index]) => self.charCodeAt(number(index)),
  concat: (self, args) => self + args.map(text).join(''),
  toString: (self: string) => self,
};

const NUMBER: Readonly<Record<string, Method<number>>> = {
  toFixed: (self, [digits]) => self.toFixed(Math.min(100, number(digits))),
  toString: (self: number, [radix]: readonly unknown[]) =>
    self.toString(radix === undefined ? 10 : number(radix)),
};

/** A member of a value that is no object of the shell's own. */
export function nativeMember(value: unknown, name: string): unknown {
  if (typeof value === 'string')
    return (
      bound(STRING, value, name) ??
      (name === 'length' ? value.length : /^\d+$/.test(name) ? value[Number(name)] : undefined)
    );
  if (typeof value === 'number') return bound(NUMBER, value, name);
  if (Array.isArray(value))
    return (
      bound(ARRAY, value, name) ??
      (name === 'length' ? value.length : /^\d+$/.test(name) ? value[Number(name)] : undefined)
    );
  if (isPlain(value)) {
    if (Object.hasOwn(value, name)) return value[name];
    if (name === 'hasOwnProperty') return (key: unknown) => Object.hasOwn(value, text(key));
    if (name === 'toString') return () => '[object Object]';
  }
  return undefined;
}

function bound<T>(methods: Readonly<Record<string, Method<T>>>, self: T, name: string): Callable | undefined {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method === undefined ? undefined : (...args) => method(self, args);
}
