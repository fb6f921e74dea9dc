import { z } from 'zod';
import type { Json } from '../../api';
import { qualifiedResource } from '../../api';
import type { Finding } from '../seams';
import { defineCheck, firstUnmet, MET } from './check-kind';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const schema = z.strictObject({
  /** "services" or "deployments.apps". */
  resource: z.string(),
  namespace: z.string().default('default'),
  name: z.string(),
  /** What fields must hold, by dotted path; `absent` for a field that must not be set. */
  fields: z
    .array(
      z.union([
        z.strictObject({ path: z.string(), is: scalar, because: z.string() }),
        z.strictObject({ path: z.string(), not: scalar, because: z.string() }),
        z.strictObject({ path: z.string(), absent: z.literal(true), because: z.string() }),
      ]),
    )
    .default([]),
});

/** The value at a dotted path such as `spec.ports[0].port`. */
export function valueAt(object: unknown, path: string): unknown {
  let value: unknown = object;
  for (const part of path.split(/[.[\]]+/).filter((each) => each !== '')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** An object exists and its fields are as they should be. */
export const objectCheck = defineCheck('object', schema, async (fields, { view }): Promise<Finding> => {
  const object = view.get(fields.resource, fields.namespace, fields.name);
  const [resource = '', ...group] = fields.resource.split('.');
  if (!object) {
    const others = view.list(fields.resource, fields.namespace).map((each) => each.metadata.name);
    const there = others.length > 0 ? others.slice(0, 5).join(', ') : 'none';
    return {
      outcome: 'not-met',
      reason: `There is no ${qualifiedResource(resource, group.join('.'))} "${fields.name}" in namespace ${fields.namespace}.`,
      expected: fields.name,
      actual: there,
    };
  }
  return firstUnmet(
    fields.fields.map((rule) => () => {
      const value = valueAt(object, rule.path);
      const holds =
        'is' in rule ? value === rule.is : 'not' in rule ? value !== rule.not : value === undefined;
      if (holds) return MET;
      const expected =
        'is' in rule ? show(rule.is) : 'not' in rule ? `anything but ${show(rule.not)}` : 'not set';
      return {
        outcome: 'not-met',
        reason: `${object.kind} ${fields.name}: ${rule.path} is ${show(value)}. ${rule.because}`,
        expected,
        actual: show(value),
      };
    }),
  );
});

const show = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value as Json));
