import { z } from 'zod';
import type { Node, Vantage } from '../../api';
import { withProbe } from '../probe';
import type { Evidence } from '../seams';
import { describeMembers, isReady, labelText, podsOf } from './members';

const namespace = z.string().optional();

/** Where a check asks from. `pod` is a Pod of the grader's own in the check's namespace; `node` is every ready node. */
export const vantageSchema = z.union(
  [
    z.enum(['pod', 'node', 'office', 'internet']),
    z.strictObject({ pod: z.string(), namespace }),
    z.strictObject({ deployment: z.string(), namespace }),
    z.strictObject({ statefulset: z.string(), namespace }),
    z.strictObject({ node: z.string() }),
    z.strictObject({ namespace: z.string(), labels: z.record(z.string(), z.string()).optional() }),
    z.strictObject({ labels: z.record(z.string(), z.string()) }),
  ],
  {
    error:
      'must be pod, node, office, internet, or { pod: NAME }, { deployment: NAME }, { statefulset: NAME }, { node: NAME }, { namespace: NAME }, { labels: {…} } (a Pod of the grader with these labels)',
  },
);

/** A vantage as written. */
export type VantageField = z.infer<typeof vantageSchema>;

/** Places to ask from, on a copy made for that. */
export interface Standing {
  readonly evidence: Evidence;
  readonly places: readonly { readonly vantage: Vantage; readonly name: string }[];
}

/** Why nobody stands there: the learner's doing (`missing`), or the grader's trouble (`failure`). */
export type NoStanding = { readonly missing: string } | { readonly failure: string };

/** Finds or makes the places of a vantage; always on a copy. */
export async function standAt(
  evidence: Evidence,
  where: VantageField,
  home: string,
): Promise<Standing | NoStanding> {
  if (where === 'office' || where === 'internet') {
    const name = where === 'office' ? 'the office network' : 'the internet';
    return { evidence: evidence.fork(), places: [{ vantage: { kind: where }, name }] };
  }
  if (where === 'node' || (typeof where === 'object' && 'node' in where)) return onNodes(evidence, where);
  if (
    where === 'pod' ||
    'labels' in where ||
    !('pod' in where || 'deployment' in where || 'statefulset' in where)
  )
    return fromProbe(evidence, where, home);
  const inside = where.namespace ?? home;
  const members = 'pod' in where ? { pods: [where.pod] } : where;
  const pod = podsOf(evidence, inside, members).find(isReady);
  if (!pod)
    return { missing: `${describeMembers(members)} in namespace ${inside} has no ready Pod to ask from.` };
  const { name } = pod.metadata;
  const vantage: Vantage = { kind: 'pod', namespace: inside, name };
  return { evidence: evidence.fork(), places: [{ vantage, name: `Pod ${name}` }] };
}

function onNodes(evidence: Evidence, where: 'node' | { readonly node: string }): Standing | NoStanding {
  const nodes = evidence.view
    .list<Node>('nodes', '')
    .filter(isReady)
    .map((node) => node.metadata.name)
    .filter((name) => where === 'node' || name === where.node);
  if (nodes.length === 0)
    return { missing: where === 'node' ? 'No node is ready.' : `Node ${where.node} is not ready.` };
  const places = nodes.map((name) => ({ vantage: { kind: 'node' as const, name }, name: `node ${name}` }));
  return { evidence: evidence.fork(), places };
}

async function fromProbe(
  evidence: Evidence,
  where: Exclude<VantageField, 'node' | 'office' | 'internet'>,
  home: string,
): Promise<Standing | NoStanding> {
  const inside = (typeof where === 'object' && 'namespace' in where && where.namespace) || home;
  const labels = (typeof where === 'object' && 'labels' in where && where.labels) || {};
  if (!evidence.view.get('namespaces', '', inside)) return { missing: `There is no namespace "${inside}".` };
  const probe = await withProbe(evidence, inside, labels);
  if ('failure' in probe) return probe;
  const name = Object.keys(labels).length > 0 ? `a Pod labelled ${labelText(labels)}` : 'a Pod';
  const place = inside === 'default' ? name : `${name} in namespace ${inside}`;
  return { evidence: probe.evidence, places: [{ vantage: probe.from, name: place }] };
}
