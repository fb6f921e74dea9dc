import type { Network, Request, Vantage } from '../../../api';
import { sendPacket } from './send';
import type { Trip } from './trip';

/** What an echo's trip carries: nothing that a program would see. */
export const ECHO: Request = { kind: 'connect' };

/** Sends an ICMP echo by the same way as everything else; no rule of a Service carries it. */
export function pinged(
  trip: Trip,
  from: Vantage,
  ip: string,
  own: readonly string[],
): ReturnType<Network['ping']> {
  const outcome = sendPacket(trip, { from, to: { ip, port: 0 }, protocol: 'ICMP' });
  const trace = trip.hops;
  switch (outcome.kind) {
    case 'delivered':
      return { outcome: { answered: true, latencyMs: outcome.latencyMs }, trace };
    case 'refused':
      return { outcome: { answered: false, latencyMs: outcome.latencyMs, refusal: 'port', by: ip }, trace };
    case 'unreachable': {
      const [by] = own;
      const { latencyMs } = outcome;
      return by === undefined || outcome.why === 'network'
        ? { outcome: { answered: false, latencyMs }, trace }
        : { outcome: { answered: false, latencyMs, refusal: 'host', by }, trace };
    }
    case 'dropped':
      return { outcome: { answered: false, latencyMs: 0 }, trace };
  }
}
