import { z } from 'zod';

const namespaceName = z.string();
const place = z.union(
  [
    z.enum(['office', 'internet']).transform((kind) => ({ kind })),
    z.strictObject({ node: z.string() }).transform(({ node }) => ({ kind: 'node' as const, name: node })),
    z
      .strictObject({ pod: z.string(), namespace: namespaceName.default('default') })
      .transform(({ pod, namespace }) => ({ kind: 'pod' as const, namespace, name: pod })),
  ],
  { error: 'must be office, internet, { node: NAME } or { pod: NAME, namespace: NAME }' },
);

/** Damage that a lab begins with (`lib/api` Faults). */
const faultSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('cut-link'),
      from: place,
      to: place,
      oneWay: z.boolean().optional(),
    }),
    z.strictObject({ kind: z.literal('node-down'), node: z.string() }),
    z.strictObject({ kind: z.literal('kubelet-stopped'), node: z.string() }),
    z.strictObject({ kind: z.literal('kube-proxy-stopped'), node: z.string() }),
    z.strictObject({
      kind: z.literal('probe-broken'),
      namespace: namespaceName.default('default'),
      pod: z.string(),
      container: z.string().optional(),
      probe: z.enum(['liveness', 'readiness', 'startup']),
    }),
    z.strictObject({ kind: z.literal('dns-stopped') }),
  ],
  {
    error:
      'kind must be cut-link, node-down, kubelet-stopped, kube-proxy-stopped, probe-broken or dns-stopped',
  },
);

/** `cluster:` of a lab or a base. */
export const clusterSchema = z.strictObject({
  nodes: z.number().int().min(1, 'must be 1 to 10').max(10, 'must be 1 to 10').optional(),
  images: z.enum(['catalogue', 'any']).optional(),
  cloud: z.enum(['none', 'aws']).optional(),
  proxyMode: z.enum(['iptables', 'ipvs']).optional(),
  faults: z.array(faultSchema).optional(),
});

/** A cluster as declared. */
export type ClusterField = z.infer<typeof clusterSchema>;
