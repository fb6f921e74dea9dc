import { z } from 'zod';
import type { Stored, View } from '../../api';
import { findByResourceKey, matchesLabels, selectorFromMap } from '../../api';
import type { Finding } from '../seams';
import { defineCheck, firstUnmet, MET } from './check-kind';
import { differenceFrom, ruleSchema } from './compare';
import { labelText } from './members';
import { resourceSchema } from './resource-schema';

const schema = z
  .strictObject({
    /** "services" or "deployments.apps". */
    resource: resourceSchema,
    namespace: z.string().default('default'),
    /** The object's name; without one, some object (of these labels) must be right. */
    name: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    /** There must be no such object. */
    absent: z.literal(true).optional(),
    /** What fields must hold. */
    fields: z.array(ruleSchema).default([]),
  })
  .refine((fields) => !(fields.absent && fields.fields.length > 0), {
    error: 'an object that must be absent has no fields',
  });

type Fields = z.infer<typeof schema>;

/** An object exists (or does not) and its fields are as they should be. */
export const objectCheck = defineCheck('object', schema, async (fields, { view }): Promise<Finding> => {
  const found = findAll(fields, view);
  const [first] = found;
  if (fields.absent) return first ? tooMany(fields, first) : MET;
  if (!first) return noneThere(fields, view);
  const findings = await Promise.all(found.map((object) => fieldsOf(object, fields)));
  return findings.find((finding) => finding.outcome === 'met') ?? findings[0] ?? MET;
});

function findAll(fields: Fields, view: View): readonly Stored[] {
  const { resource, namespace, name, labels = {} } = fields;
  const selector = selectorFromMap(labels);
  // Kinds without namespaces are listed under ''.
  const all = [
    ...view.list(resource, namespace),
    ...view.list(resource, '').filter((each) => !each.metadata.namespace),
  ];
  return all.filter(
    (object) =>
      (name === undefined || object.metadata.name === name) &&
      matchesLabels(selector, object.metadata.labels),
  );
}

const fieldsOf = (object: Stored, { fields }: Fields): Promise<Finding> =>
  firstUnmet(
    fields.map((rule) => () => {
      const difference = differenceFrom(rule, object);
      if (!difference) return MET;
      return {
        outcome: 'not-met',
        reason: `${object.kind} ${object.metadata.name}: ${rule.path} is ${difference.actual}. ${rule.because}`,
        ...difference,
      };
    }),
  );

/** `Pod "web" in namespace default`, `Node labelled a=b`. */
function what({ resource, namespace, name, labels }: Fields): string {
  const kind = findByResourceKey(resource);
  const where = kind?.namespaced === false ? '' : ` in namespace ${namespace}`;
  return `${kind?.kind ?? resource}${name === undefined ? '' : ` "${name}"`}${labels ? ` labelled ${labelText(labels)}` : ''}${where}`;
}

function noneThere(fields: Fields, view: View): Finding {
  const names = view.list(fields.resource, fields.namespace).map((each) => each.metadata.name);
  return {
    outcome: 'not-met',
    reason: `There is no ${what(fields)}.`,
    expected: fields.name ?? 'one',
    actual: names.slice(0, 5).join(', ') || 'none',
  };
}

function tooMany(fields: Fields, object: Stored): Finding {
  return {
    outcome: 'not-met',
    reason: `There is still ${what(fields)}.`,
    expected: 'none',
    actual: object.metadata.name,
  };
}
