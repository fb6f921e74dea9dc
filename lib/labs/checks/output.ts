import { z } from 'zod';
import type { Finding } from '../seams';
import { defineCheck, MET } from './check-kind';
import { expressionSchema } from './expression';
import { isReady, podsOf } from './members';

const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    /** A script: for the admin machine, … */
    run: z.string(),
    /** … or for a container of this Pod, or of a ready Pod of this workload. */
    pod: z.string().optional(),
    deployment: z.string().optional(),
    statefulset: z.string().optional(),
    container: z.string().optional(),
    /** Its exit status. */
    status: z.number().int().default(0),
    /** What it prints (regular expressions, line by line) and must not print. */
    says: expressionSchema.optional(),
    lacks: expressionSchema.optional(),
    /** What it means when it is otherwise, without the answer. */
    because: z.string(),
  })
  .refine(
    (fields) => [fields.pod, fields.deployment, fields.statefulset].filter((each) => each).length <= 1,
    {
      error: 'runs in one place',
    },
  );

const SHOWN = 400;

/** A script, run on a copy of the cluster, prints and ends as it should. */
export const outputCheck = defineCheck('output', schema, async (fields, evidence): Promise<Finding> => {
  const { pod, deployment, statefulset, namespace } = fields;
  const members = pod
    ? { pods: [pod] }
    : deployment
      ? { deployment }
      : statefulset
        ? { statefulset }
        : undefined;
  const target = members && podsOf(evidence, namespace, members).find(isReady);
  if (members && !target)
    return {
      outcome: 'not-met',
      reason: `No Pod is ready to ask (${Object.values(members).join(', ')}). ${fields.because}`,
    };
  const script = target
    ? `kubectl exec -n ${namespace} ${target.metadata.name} ${fields.container ? `-c ${fields.container} ` : ''}-- sh -c ${quoted(fields.run)}`
    : fields.run;
  const { status, text } = await evidence.fork().run(script);
  const right =
    status === fields.status &&
    (fields.says === undefined || new RegExp(fields.says, 'm').test(text)) &&
    (fields.lacks === undefined || !new RegExp(fields.lacks, 'm').test(text));
  if (right) return MET;
  const shown = text.trim().slice(-SHOWN);
  return {
    outcome: 'not-met',
    reason: fields.because,
    actual:
      status === fields.status ? shown || '(no output)' : `exit status ${status}${shown ? `: ${shown}` : ''}`,
  };
});

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
