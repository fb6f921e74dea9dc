import type { ZodType } from 'zod';
import type { Json } from '../../api';
import type { Evidence, Finding } from '../seams';

/** One kind of check: how its fields are written in `lab.yaml`, and how it is judged. */
export interface CheckKind {
  readonly type: string;
  /** The one source of its fields: what an author may write, with defaults. */
  readonly schema: ZodType<Json>;
  /** Leaves `evidence` as it was: whatever it tries, it tries on a fork. */
  judge(fields: Json, evidence: Evidence): Promise<Finding>;
}

/** Ties a schema to its judge, so that the judge sees typed fields. */
export function defineCheck<F>(
  type: string,
  schema: ZodType<F>,
  judge: (fields: F, evidence: Evidence) => Promise<Finding>,
): CheckKind {
  return {
    type,
    // What a YAML file holds is JSON, and no schema here makes anything else of it.
    schema: schema as unknown as ZodType<Json>,
    judge: (fields, evidence) => judge(schema.parse(fields), evidence),
  };
}

/** The finding that all is well. */
export const MET: Finding = { outcome: 'met' };

/** The first finding of several that is not met, or met. Later ones are not asked. */
export async function firstUnmet(findings: Iterable<() => Promise<Finding> | Finding>): Promise<Finding> {
  for (const find of findings) {
    const finding = await find();
    if (finding.outcome !== 'met') return finding;
  }
  return MET;
}
