import type { Traced, Vantage } from '../api';
import { assert } from '../base';
import type { Evidence, Sent } from '../labs';
import type { Workspace } from './seams';

/** A workspace as the grader sees it. Everything it does, it does to this copy. */
export function createEvidence(workspace: Workspace): Evidence {
  return {
    get view() {
      return workspace.view;
    },
    client: workspace.client,
    faults: workspace.faults,
    get now() {
      return workspace.now;
    },
    send(from, host, port, request): Traced<Sent> {
      if (isAddress(host))
        return workspace.network.send({ from, to: { ip: host, port }, protocol: 'TCP', request });
      const found = resolve(workspace, from, host);
      const [ip] = found.outcome.addresses;
      if (ip === undefined)
        return {
          outcome: { kind: 'unresolved', why: found.outcome.error ?? 'not-found' },
          trace: found.trace,
        };
      const sent = workspace.network.send({ from, to: { ip, port }, protocol: 'TCP', request });
      return { outcome: sent.outcome, trace: [...found.trace, ...sent.trace] };
    },
    lookup: (from, name) => resolve(workspace, from, name),
    async advance(ms) {
      const target = workspace.now + ms;
      await workspace.advanceTo(target);
      assert(workspace.now === target, 'a copy has no shell that could hold its clock up');
    },
    fork: () => createEvidence(workspace.fork()),
  };
}

const isAddress = (host: string): boolean => /^\d+\.\d+\.\d+\.\d+$/.test(host);
const resolve = (workspace: Workspace, from: Vantage, name: string) => workspace.network.lookup(from, name);
