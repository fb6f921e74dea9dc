import { type Json, StatusError, type View } from '../../api';
import { assert, type Random } from '../../base';
import type { Action, Api, Change, Controller, Identity, Plan, Store, WatchRule } from '../seams';
import { applyAction } from './apply-action';
import { asProgram } from './as-program';
import { createLedger, type Due, type Ledger } from './ledger';
import { recordEvent } from './record-event';

/** How long after a change a controller looks at it, unless it says otherwise. */
const DEFAULT_DELAY_MS = 10;
/** The program that most controllers are part of. */
const CONTROLLER_MANAGER = 'kube-controller-manager';
/** client-go's item back-off: 5 ms, doubled for each failure in a row, at most 1000 s. */
const BACKOFF_BASE_MS = 5;
const BACKOFF_MAX_MS = 1_000_000;
/** More reconciles than this at one moment mean that controllers fight each other: a bug. */
const MAX_ROUNDS = 100_000;

/** The cluster that a loop works on. */
export interface LoopWorld {
  readonly store: Store;
  readonly view: View;
  actAs(identity: Identity): Api;
  clock(): number;
  readonly random: Random;
}

export interface LoopOptions extends LoopWorld {
  readonly controllers: readonly Controller[];
  /** What `snapshot` gave. */
  readonly restore?: Json | undefined;
  /** What `held` gave: the loop goes on from there. */
  readonly pending?: Ledger | undefined;
}

/** Runs controllers when their keys are due. All it remembers is data. */
export interface Loop {
  /** When the next piece of work is due, if there is any. */
  nextDue(): number | undefined;
  /** Does everything due at or before `now`, in order. */
  runDue(now: number): void;
  /** Makes a key due; for changes that no store shows, such as a container's program having moved. */
  wake(controller: string, key: string, at: number): void;
  /** The same pending work over another cluster, which must hold the same objects. O(1). */
  fork(world: LoopWorld): Loop;
  /** A copy of all that it remembers, for a loop that begins later. O(1). */
  held(): Ledger;
  snapshot(): Json;
  /** Stops listening to the store. */
  close(): void;
}

interface Wiring {
  readonly controllers: ReadonlyMap<string, Controller>;
  readonly rules: ReadonlyMap<
    string,
    readonly { readonly controller: Controller; readonly rule: WatchRule }[]
  >;
}

/** A loop over a cluster; with `restore` it goes on where the snapshot was taken. */
export function createLoop(options: LoopOptions): Loop {
  const wiring = wire(options.controllers);
  return start(wiring, options, options.pending ?? createLedger(options.restore));
}

function wire(controllers: readonly Controller[]): Wiring {
  const rules = new Map<string, { controller: Controller; rule: WatchRule }[]>();
  for (const controller of controllers) {
    for (const rule of controller.watches) {
      const known = rules.get(rule.resource) ?? [];
      known.push({ controller, rule });
      rules.set(rule.resource, known);
    }
  }
  const byName = new Map(controllers.map((controller) => [controller.name, controller]));
  assert(byName.size === controllers.length, 'controllers have names of their own');
  return { controllers: byName, rules };
}

function start(wiring: Wiring, world: LoopWorld, ledger: Ledger): Loop {
  const close = world.store.listen((change) => {
    noteChange(wiring, world, ledger, change);
  });
  return {
    nextDue: () => ledger.first()?.at,
    runDue: (now) => runDue(wiring, world, ledger, now),
    wake: (controller, key, at) => ledger.add(controller, key, at),
    fork: (other) => start(wiring, other, ledger.fork()),
    held: () => ledger.fork(),
    snapshot: () => ledger.snapshot(),
    close,
  };
}

/** "pods" or "deployments.apps", from a store key such as `/pods./default/web` or `/pods/default/web`. */
function resourceOfKey(key: string): string {
  const end = key.indexOf('/', 1);
  const resource = key.slice(1, end === -1 ? undefined : end);
  return resource.endsWith('.') ? resource.slice(0, -1) : resource;
}

function noteChange(wiring: Wiring, world: LoopWorld, ledger: Ledger, change: Change): void {
  const rules = wiring.rules.get(resourceOfKey(change.key));
  if (rules === undefined) return;
  const now = world.clock();
  for (const { controller, rule } of rules) {
    const at = now + (controller.delayMs ?? DEFAULT_DELAY_MS);
    for (const key of rule.keys(change.object, change.previous, world.view))
      ledger.add(controller.name, key, Math.max(at, ledger.busyUntil(controller.name, key)));
  }
}

function runDue(wiring: Wiring, world: LoopWorld, ledger: Ledger, now: number): void {
  let rounds = 0;
  for (let due = ledger.first(); due !== undefined && due.at <= now; due = ledger.first()) {
    rounds += 1;
    assert(rounds <= MAX_ROUNDS, `controllers come to rest: ${due.controller} ${due.key}`);
    ledger.remove(due);
    const controller = wiring.controllers.get(due.controller);
    // A snapshot may name a controller that a later version no longer has.
    if (controller !== undefined) reconcile(controller, world, ledger, due, now);
  }
}

function reconcile(
  controller: Controller,
  world: LoopWorld,
  ledger: Ledger,
  { key }: Due,
  now: number,
): void {
  const plan = controller.reconcile(world.view, key, now, world.random);
  ledger.setBusy(controller.name, key, plan.takesMs === undefined ? 0 : now + plan.takesMs);
  if (carryOut(controller, world, ledger, key, now, plan)) {
    ledger.setFailures(controller.name, key, 0);
    if (plan.requeueAfterMs !== undefined) ledger.add(controller.name, key, now + plan.requeueAfterMs);
    return;
  }
  const failures = ledger.failures(controller.name, key);
  ledger.setFailures(controller.name, key, failures + 1);
  ledger.add(
    controller.name,
    key,
    now + Math.min(BACKOFF_BASE_MS * 2 ** Math.min(failures, 30), BACKOFF_MAX_MS),
  );
}

/** Applies a plan's actions until one is refused; whether all were done. */
function carryOut(
  controller: Controller,
  world: LoopWorld,
  ledger: Ledger,
  key: string,
  now: number,
  plan: Plan,
): boolean {
  if (plan.actions.length === 0) return true;
  const identity = controller.identity?.(key) ?? serviceAccount(controller.account ?? controller.name);
  const api = asProgram(world.actAs(identity), controller.program ?? CONTROLLER_MANAGER);
  const { view, random } = world;
  const recorder = { api, view, ledger, controller, identity, now, random };
  const act = (action: Action): StatusError | undefined => {
    if (action.verb === 'event') {
      recordEvent(recorder, action);
      return undefined;
    }
    return refusalOf(() => applyAction(api, action, view));
  };
  for (const action of plan.actions) {
    const refusal = act(action);
    if (refusal === undefined) continue;
    for (const answer of controller.refused?.(view, key, action, refusal.status, now) ?? []) act(answer);
    return false;
  }
  return true;
}

/** The API server's refusal of what `work` asks, if it refuses; bugs crash. */
function refusalOf(work: () => void): StatusError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

function serviceAccount(name: string): Identity {
  return {
    user: `system:serviceaccount:kube-system:${name}`,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
  };
}
