import { describe, expect, it } from 'vitest';
import { LabError } from './lab-error';
import { drawValues, fillIn, type Variables, variablesSchema } from './variables';

const variables: Variables = variablesSchema.parse({
  app: { oneOf: ['shop', 'blog', 'wiki'] },
  port: { from: 8000, to: 8003 },
  other: { from: 8000, to: 8003, unlike: ['port'] },
  fault: {
    oneOf: [
      { label: 'web-ap', key: 'app' },
      { label: 'web', key: 'ap' },
    ],
  },
});
const seeds = Array.from({ length: 200 }, (_, seed) => seed + 1);

describe('[G8] variables', () => {
  it('have the same values for the same seed, and many values over many', () => {
    const values = seeds.map((seed) => drawValues('demo', variables, seed));
    expect(values).toEqual(seeds.map((seed) => drawValues('demo', variables, seed)));
    expect(new Set(values.map(({ app }) => app)).size).toBe(3);
    expect(new Set(values.map(({ port }) => port))).toEqual(new Set(['8000', '8001', '8002', '8003']));
  });

  it('keep apart what must be unlike, and rows together', () => {
    for (const seed of seeds) {
      const values = drawValues('demo', variables, seed);
      expect(values.other).not.toBe(values.port);
      expect(['web-ap app', 'web ap']).toContain(`${values['fault.label']} ${values['fault.key']}`);
    }
  });

  it('stay as they were when another is added', () => {
    const more = { extra: variablesSchema.parse({ x: { oneOf: ['a', 'b'] } }).x, ...variables } as Variables;
    for (const seed of seeds.slice(0, 20)) {
      const { extra: _extra, ...rest } = drawValues('demo', more, seed);
      expect(rest).toEqual(drawValues('demo', variables, seed));
    }
  });

  it('fill places in any text; shell braces are left alone', () => {
    const text = 'name: {{app}}\nport: ${PORT} {{ port }} {{fault.label}}';
    const values = { app: 'shop', port: '8001', 'fault.label': 'web' };
    expect(fillIn('a.yaml', text, values)).toBe('name: shop\nport: ${PORT} 8001 web');
  });

  it('[G5] refuse an unknown name with its line', () => {
    const fill = () => fillIn('steps/a.md', 'one\ntwo {{nobody}}', { app: 'x' });
    expect(fill).toThrow(LabError);
    expect(fill).toThrow('steps/a.md:2: {{nobody}} is no variable of this lab; there are: app');
  });

  it('[G5] refuse a value that cannot be unlike the others', () => {
    const none = variablesSchema.parse({ a: { oneOf: ['x'] }, b: { oneOf: ['x'], unlike: ['a'] } });
    expect(() => drawValues('demo', none, 1)).toThrow('variables.b: every value is taken by a');
  });
});
