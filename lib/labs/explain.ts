import type { Hop, Traced } from '../api';
import type { Sent } from './seams';

/** One sentence on why a request did not arrive, naming where it stopped. */
export function explainFailure(host: string, port: number, { outcome, trace }: Traced<Sent>): string {
  const where = stop(trace);
  switch (outcome.kind) {
    case 'delivered':
      return `${host}:${port} was reached.`;
    case 'unresolved':
      return outcome.why === 'not-found'
        ? `The name ${host} does not resolve.${where}`
        : `No name server answered for ${host}.${where}`;
    case 'refused':
      return `The connection to ${host}:${port} was refused.${where}`;
    case 'unreachable':
      return `There is no way to ${host}:${port} (no route to ${outcome.why}).${where}`;
    case 'dropped':
      return `Nothing came back from ${host}:${port}; the packet was dropped.${where}`;
  }
}

function stop(trace: readonly Hop[]): string {
  const last = trace.at(-1);
  if (!last) return '';
  const object = last.object
    ? ` (${last.object.resource} ${last.object.name}${last.object.field ? `, ${last.object.field}` : ''})`
    : '';
  return ` It stopped at ${last.at}: ${last.effect}${object}.`;
}
