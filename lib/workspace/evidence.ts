import type { DnsAnswer, Hop, Traced, Vantage } from '../api';
import { assert } from '../base';
import type { Evidence, Sent } from '../labs';
import { HOME } from './machines';
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
    get commands() {
      return workspace.commands;
    },
    send(from, host, port, request, protocol = 'TCP'): Traced<Sent> {
      if (isAddress(host)) return workspace.network.send({ from, to: { ip: host, port }, protocol, request });
      const found = resolve(workspace, from, host);
      const [ip] = found.outcome.addresses;
      if (ip === undefined)
        return {
          outcome: { kind: 'unresolved', why: found.outcome.error ?? 'not-found' },
          trace: found.trace,
        };
      const sent = workspace.network.send({ from, to: { ip, port }, protocol, request });
      return { outcome: sent.outcome, trace: [...found.trace, ...sent.trace] };
    },
    lookup: (from, name) => resolve(workspace, from, name),
    query: (from, name, type) => askServer(workspace, from, name, type),
    addresses: (from) => workspace.network.addresses(from),
    file(path) {
      const place = `${HOME}/${path}`;
      return workspace.files.stat(place)?.kind === 'file' ? workspace.files.read(place) : undefined;
    },
    async run(script) {
      let text = '';
      const take = (piece: string) => {
        text += piece;
      };
      const status = await workspace.run(script, { out: take, err: take });
      return { status, text };
    },
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

/** Asks the first name server for each completion of a name until one has answers, as `host -t TYPE` does. */
function askServer(
  { network }: Workspace,
  from: Vantage,
  name: string,
  type: string,
): Traced<DnsAnswer | undefined> {
  const { nameservers, search, ndots } = network.resolvConf(from);
  const [ip] = nameservers;
  const completed = search.map((domain) => `${name}.${domain}.`);
  const dots = name.split('.').length - 1;
  const names = name.endsWith('.')
    ? [name]
    : dots >= ndots
      ? [`${name}.`, ...completed]
      : [...completed, `${name}.`];
  let last: DnsAnswer | undefined;
  let trace: readonly Hop[] = [];
  for (const each of ip === undefined ? [] : names) {
    const request = { kind: 'dns', query: { name: each, type } } as const;
    const sent = network.send({ from, to: { ip: ip ?? '', port: 53 }, protocol: 'UDP', request });
    trace = [...trace, ...sent.trace];
    if (sent.outcome.kind !== 'delivered' || sent.outcome.reply.kind !== 'dns')
      return { outcome: undefined, trace };
    last = sent.outcome.reply.answer;
    if (last.answers.length > 0) break;
  }
  return { outcome: last, trace };
}
