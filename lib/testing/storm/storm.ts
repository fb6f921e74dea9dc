import { StatusError } from '../../api';
import { createRandom } from '../../base';
import { restoreWorkspace, type Workspace, type WorkspaceOptions } from '../../workspace';
import { networkProblems } from './rest-network';
import { describeSets, objectProblems } from './rest-objects';
import { pick, type Sky } from './sky';
import { heal, VERBS } from './verbs';

/** How it storms: how many verbs, and how long somebody waits between them, in virtual ms. */
const STEPS = 60;
const WAITS = [0, 0, 5, 60, 300, 1500, 6000, 40_000] as const;
/** A pull's back-off (5 minutes), a Pod's grace and a rollout fit into this. */
const CALM_MS = 420_000;
const SETTLED_MS = 2000;
/** An hour of rest, in which everything that comes back by itself has come back. */
export const HOUR_MS = 3_600_000;
/** Heartbeats of three nodes and a readiness probe every 5 s for a score of Pods, with room. */
const MAX_STEPS_AN_HOUR = 40_000;
/** What there must be something of before the rest can do harm comes more often. */
const VERB_NAMES = [
  ...Object.keys(VERBS),
  ...Array(3).fill(['createDeployment', 'createService']).flat(),
] as const;
/** What moves on for ever without anything being wrong. */
const RESTLESS = new Set(['leases.coordination.k8s.io', 'nodes', 'events']);

/** What a storm left behind; `log` tells how to come there. */
export interface Aftermath {
  readonly problems: readonly string[];
  readonly log: readonly string[];
}

/** Lets a storm of `seed` pass over a cluster, heals, waits, and looks whether it came to rest and stays there for `restMs`. */
export async function storm(
  start: Workspace,
  options: WorkspaceOptions,
  seed: number,
  restMs = HOUR_MS,
): Promise<Aftermath> {
  const workspace = restoreWorkspace({ ...start.snapshot(), random: seed }, options);
  const random = createRandom(seed);
  const sky: Sky = {
    random,
    client: workspace.client,
    faults: workspace.faults,
    get view() {
      return workspace.view;
    },
  };
  const log: string[] = [];
  for (let step = 0; step < STEPS; step += 1) {
    const name = pick(random, VERB_NAMES);
    const refusal = await refusalOf(VERBS[name]?.(sky));
    const wait = pick(random, WAITS);
    log.push(`${name}${refusal === undefined ? '' : ` (${refusal})`}, ${wait} ms`);
    await workspace.advanceTo(workspace.now + wait);
  }
  // Owners let go of what was relabelled last, so that healing sees who is alone.
  await workspace.advanceTo(workspace.now + SETTLED_MS);
  await heal(sky);
  await workspace.advanceTo(workspace.now + CALM_MS);
  const problems = [
    ...objectProblems(workspace.view),
    ...networkProblems(workspace.fork()),
    ...restoreProblems(workspace, options),
    ...(await restlessness(workspace, restMs)),
  ];
  if (problems.length > 0) log.push(describeSets(workspace.view));
  workspace.close();
  return { problems, log };
}

async function refusalOf(work: Promise<unknown> | undefined): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error.reason;
    throw error;
  }
}

function restoreProblems(workspace: Workspace, options: WorkspaceOptions): readonly string[] {
  const snapshot = JSON.stringify(workspace.snapshot());
  const restored = restoreWorkspace(JSON.parse(snapshot), options);
  return JSON.stringify(restored.snapshot()) === snapshot ? [] : ['a restored snapshot differs'];
}

/** Objects that change while nobody does anything, and clocks that tick too often. */
async function restlessness(workspace: Workspace, restMs: number): Promise<readonly string[]> {
  const moved = new Set<string>();
  const stop = workspace.onChange(({ type, resource, object }) => {
    if (!RESTLESS.has(resource)) moved.add(`${type} ${resource} ${object.metadata.name} at rest`);
  });
  const end = workspace.now + restMs;
  let steps = 0;
  for (let due = workspace.nextDue; due !== undefined && due <= end; due = workspace.nextDue) {
    steps += 1;
    if (steps > (MAX_STEPS_AN_HOUR * restMs) / HOUR_MS)
      return [...moved, `more than ${steps - 1} steps in ${restMs / 1000} s of rest`];
    await workspace.advanceTo(due);
  }
  stop();
  return [...moved];
}
