import type { Delivery, Vantage } from '../../../api';
import { isCut, placeName } from '../../faults';
import type { Flow } from '../kernel/interpret';
import type { Origin } from '../places';
import { DROPPED, destination, type Trip, tell } from './trip';

/** A sender as a place. */
export function placeOf(origin: Origin): Vantage {
  switch (origin.kind) {
    case 'pod':
      return { kind: 'pod', namespace: origin.pod.metadata.namespace ?? '', name: origin.pod.metadata.name };
    case 'node':
      return { kind: 'node', name: origin.node.name };
    default:
      return { kind: origin.kind };
  }
}

/** Whether a packet gets from one place to the next; where only the way back is cut, its answer is as good as lost. */
export function passes(trip: Trip, from: Vantage, to: Vantage): boolean {
  const between = `from ${placeName(from)} to ${placeName(to)}`;
  if (isCut(trip.faults, from, to)) {
    tell(trip, {
      at: placeName(from),
      rule: `link ${between}`,
      effect: 'the packet is lost: the link is cut',
    });
    return false;
  }
  if (isCut(trip.faults, to, from))
    trip.lostReply = `the link from ${placeName(to)} to ${placeName(from)} is cut`;
  return true;
}

/** Whether a packet gets to its receiver: the last part of its way, and whatever lies between both ends as such. */
export function arrives(trip: Trip, last: Vantage, receiver: Vantage): boolean {
  const { sender } = trip;
  return (
    passes(trip, last, receiver) &&
    (sender === undefined ||
      placeName(placeOf(sender)) === placeName(last) ||
      passes(trip, placeOf(sender), receiver))
  );
}

/**
 * Lets a receiver answer, unless its answers get lost: then no connection comes about, and a datagram is all that
 * arrives.
 */
export function converse(trip: Trip, flow: Flow, receiver: Vantage, answer: () => Delivery): Delivery {
  const { lostReply } = trip;
  if (lostReply === undefined) return answer();
  if (flow.protocol === 'UDP') answer();
  const effect = `its answer is lost: ${lostReply}`;
  tell(trip, { at: placeName(receiver), rule: destination(flow), effect });
  return DROPPED;
}
