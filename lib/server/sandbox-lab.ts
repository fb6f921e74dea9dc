import type { CloudProvider } from '../api';
import { sha256Hex } from '../base';
import type { Lab, LabCluster } from '../labs';

/** The track of clusters without tasks; no folder under `labs/` has its name. */
export const SANDBOX_TRACK = 'sandbox';

/** What a learner may choose of a sandbox. */
export interface SandboxChoice {
  readonly nodes: number;
  readonly cloud: CloudProvider;
  readonly proxyMode: LabCluster['proxyMode'];
  readonly seed: number;
}

/**
 * Each choice is a start that is stored: few enough for a database, many enough to play with. The control plane is tainted,
 * so one node would run nothing.
 */
export const SANDBOX_NODES = [2, 3, 4, 5, 6] as const;
/** The last seed there is; the first is 1. */
export const SANDBOX_SEEDS = 20;

const SLUG = /^([1-9])-nodes-(none|aws)-(iptables|ipvs)-([1-9]\d?)$/;

/** A choice as an address has it: "3-nodes-none-iptables-1". */
export const sandboxSlug = ({ nodes, cloud, proxyMode, seed }: SandboxChoice): string =>
  `${nodes}-nodes-${cloud}-${proxyMode}-${seed}`;

/** Reads an address; undefined when it is none of a sandbox. */
export function readSandboxSlug(slug: string): SandboxChoice | undefined {
  const [, nodes, cloud, proxyMode, seed] = SLUG.exec(slug) ?? [];
  const choice = {
    nodes: Number(nodes),
    cloud: cloud === 'aws' ? 'aws' : 'none',
    proxyMode: proxyMode === 'ipvs' ? 'ipvs' : 'iptables',
    seed: Number(seed),
  } as const;
  const known = (SANDBOX_NODES as readonly number[]).includes(choice.nodes) && choice.seed <= SANDBOX_SEEDS;
  return known ? choice : undefined;
}

/** "3 nodes on premises, kube-proxy with iptables, seed 1". */
export function sandboxWords({ nodes, cloud, proxyMode, seed }: SandboxChoice): string {
  const where = cloud === 'aws' ? 'on AWS' : 'on premises';
  return `${nodes} nodes ${where}, kube-proxy with ${proxyMode}, seed ${seed}`;
}

/** A lab without tasks: the cluster that was chosen and nothing in it. */
export function sandboxLab(choice: SandboxChoice): Lab {
  const slug = sandboxSlug(choice);
  const markdown = aboutSandbox(choice);
  return {
    id: `${SANDBOX_TRACK}-${slug}`,
    track: SANDBOX_TRACK,
    slug,
    seed: choice.seed,
    varies: false,
    values: {},
    title: 'Sandbox',
    summary: `Your own cluster: ${sandboxWords(choice)}. Nothing is asked here, and nothing can be broken for good.`,
    aims: [],
    skills: [],
    prerequisites: [],
    minutes: 0,
    cluster: {
      nodes: choice.nodes,
      images: 'any',
      cloud: choice.cloud,
      proxyMode: choice.proxyMode,
      faults: [],
    },
    steps: [{ id: 'begin', title: 'To begin with', file: 'begin.md', markdown, byLearner: undefined }],
    tasks: [],
    hints: [],
    images: [],
    objects: [],
    files: {},
    startScript: undefined,
    solutionsAfterAttempts: undefined,
    solutions: [],
    mistakes: [],
    survivors: [],
    unequal: [],
    debrief: undefined,
    version: sha256Hex(`${slug}\n${markdown}`),
  };
}

function aboutSandbox({ cloud, proxyMode }: SandboxChoice): string {
  const outside =
    cloud === 'aws'
      ? 'The cluster runs on AWS: a Service of type LoadBalancer gets an address after a while.'
      : 'No cloud is around it: a Service of type LoadBalancer waits for its address for ever.';
  const rules = proxyMode === 'ipvs' ? 'ipvsadm -Ln' : 'iptables-save -t nat | grep default/web';
  return `${outside} Images that Portside does not know listen on the ports that their Pods declare.

\`\`\`sh run
kubectl get nodes -o wide
\`\`\`

Two Pods with a Service in front of them, and a caller:

\`\`\`sh run
kubectl create deployment web --image=nginx --replicas=2 --port=80
kubectl expose deployment web --port=80
kubectl run client --image=nicolaka/netshoot --command -- sleep infinity
\`\`\`

Give them a moment to start, then call the Service by its name:

\`\`\`sh run
kubectl exec client -- curl -s http://web
\`\`\`

These are the rules that kube-proxy wrote for it on a node:

\`\`\`sh run
ssh worker-1 ${rules}
\`\`\`

*Undo* takes back the last command, *Reset* all of them. The files on the right are yours; \`kubectl apply -f\` takes them.
`;
}
