import { describe, expect, it } from 'vitest';
import { layOut } from './lay-out';
import { BOX, boxAt, waysBetween } from './ways';

const node = (name: string, ...needs: string[]) => ({ name, needs });
const SKILLS = layOut([
  node('a'),
  node('b'),
  node('c'),
  node('d', 'a'),
  node('e', 'a'),
  node('f', 'b'),
  node('g', 'a', 'b'),
  node('h', 'd'),
  node('i', 'c', 'e'),
  node('j', 'b', 'c'),
  node('k', 'h', 'a', 'i'),
]);
const WAYS = waysBetween(SKILLS);

/** The straight pieces of a line. */
const pieces = (corners: (typeof WAYS)[number]['corners']) =>
  corners.slice(1).map(([x2, y2], index) => {
    const [x1, y1] = corners[index] ?? [x2, y2];
    return {
      left: Math.min(x1, x2),
      right: Math.max(x1, x2),
      top: Math.min(y1, y2),
      bottom: Math.max(y1, y2),
    };
  });

describe('[A11] lines of the skills map', () => {
  it('each need has one', () => {
    expect(WAYS.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(
      SKILLS.flatMap(({ name, needs }) => needs.map((need) => `${need} ${name}`)).sort(),
    );
  });

  it.each(WAYS.map((way) => [`${way.from} to ${way.to}`, way] as const))(
    '%s crosses no box',
    (_name, way) => {
      for (const piece of pieces(way.corners))
        for (const skill of SKILLS) {
          const { x, y } = boxAt(skill);
          const isApart =
            piece.right <= x ||
            piece.left >= x + BOX.width ||
            piece.bottom <= y ||
            piece.top >= y + BOX.height;
          expect(isApart, skill.name).toBe(true);
        }
    },
  );

  it('where two run along each other, both come from one skill', () => {
    const down = WAYS.flatMap(({ from, corners }) =>
      pieces(corners)
        .filter(({ left, right }) => left === right)
        .map((piece) => ({ from, ...piece })),
    );
    for (const one of down)
      for (const other of down)
        if (one.from !== other.from && one.left === other.left)
          expect(one.bottom <= other.top || other.bottom <= one.top).toBe(true);
  });
});
