import { hasPath, isEmptySet, setOf, subtract } from './field-set';
import { identifierOf, type Managed, type Managers } from './managers';

const PATH = ['f:spec', 'f:replicas'] as const;
const REPLICAS = setOf(...PATH);
const SCALE_VERSION = 'autoscaling/v1';

/** Who owns a workload's replicas, as its Scale tells it (ScaleHandler.ToSubresource). Keys stay the workload's own. */
export function managersOfScale(ofParent: Managers): Managers {
  return new Map(
    [...ofParent]
      .filter(([, { fields }]) => hasPath(fields, PATH))
      .map(([id, managed]) => [id, { ...managed, apiVersion: SCALE_VERSION, fields: REPLICAS }]),
  );
}

/**
 * The workload's managers after its Scale was written (ScaleHandler.ToParent): replicas that somebody else took are
 * theirs no more. Upstream gives whoever took them no time.
 */
export function managersAfterScale(ofParent: Managers, ofScale: Managers, apiVersion: string): Managers {
  const result = new Map<string, Managed>();
  for (const [id, managed] of ofParent) {
    const keeps = !hasPath(managed.fields, PATH) || ofScale.has(id);
    const fields = keeps ? managed.fields : subtract(managed.fields, REPLICAS);
    if (!isEmptySet(fields)) result.set(id, { ...managed, fields });
  }
  for (const [id, managed] of ofScale) {
    if (ofParent.has(id) || !hasPath(managed.fields, PATH)) continue;
    const taken = { ...managed, apiVersion, time: undefined, fields: REPLICAS };
    result.set(identifierOf(taken), taken);
  }
  return result;
}
