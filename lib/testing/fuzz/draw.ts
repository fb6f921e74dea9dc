import type fc from 'fast-check';
import * as arbitrary from 'fast-check';

/** Chance, as fast-check gives it: what fails is made smaller, towards the first of each list and the least of each range. */
export interface Draw {
  pick<T>(from: readonly T[]): T;
  /** True so many times of a hundred. */
  chance(percent: number): boolean;
  integer(min: number, max: number): number;
  /** Text of any characters, lone surrogates not among them. */
  text(): string;
  /** A value of an arbitrary. */
  of<T>(from: fc.Arbitrary<T>): T;
}

const TEXT = arbitrary.string({ unit: 'binary', maxLength: 6 });

/** Draws from one run of a property over `fc.gen()`. */
export function drawFrom(generate: fc.GeneratorValue): Draw {
  const integer = (min: number, max: number) => generate(arbitrary.integer, { min, max });
  return {
    integer,
    pick: (from) => from[integer(0, from.length - 1)] as (typeof from)[number],
    chance: (percent) => integer(0, 99) >= 100 - percent,
    text: () => generate(() => TEXT),
    of: (from) => generate(() => from),
  };
}
