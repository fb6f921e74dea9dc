import type { CloudApi, Delivery, View } from '../../api';
import { type Clock, parseTime, type Random } from '../../base';
import type { CloudEdge, Onward } from '../network';
import type { Controller } from '../seams';
import { createCloudApi } from './describe';
import { createEdge } from './edge';
import { createHealthChecks, HEALTH_CHECKS } from './health-checks';
import type { Instance } from './instances';
import { createNodeSync } from './node-sync';
import { createServiceController } from './service-controller';
import { type CloudState, createBook } from './state';

/** What a cloud needs of the cluster that runs in it. */
export interface CloudOptions {
  readonly instances: readonly Instance[];
  readonly view: View;
  readonly clock: Clock;
  readonly random: Random;
  /** Sends a health check to a node. */
  send(to: Onward): Delivery;
  wake(controller: string, key: string, at: number): void;
}

/** A cloud around a cluster: its controllers, and its balancers as packets meet them. */
export interface CloudPart {
  readonly controllers: readonly Controller[];
  readonly edge: CloudEdge;
  readonly api: CloudApi;
  /** All that it remembers now, as a value. */
  readonly state: CloudState;
}

/** The AWS account of a cluster, as it goes on from a state. */
export function createCloud(start: CloudState, options: CloudOptions): CloudPart {
  const { instances, view, clock, random, send, wake } = options;
  const book = createBook(start);
  const world = {
    book,
    instances,
    watchHealth(name: string) {
      const groups = book.state.balancers[name]?.groups ?? [];
      wake(HEALTH_CHECKS, name, Math.min(...groups.map(({ nextCheckAt }) => nextCheckAt)));
    },
  };
  return {
    controllers: [
      createServiceController(world),
      createNodeSync(world),
      createHealthChecks({ book, instances, send }),
    ],
    edge: createEdge({ book, instances, clock, random }),
    api: createCloudApi({
      get state() {
        return book.state;
      },
      instances,
      now: clock.now,
      startedAt({ node }) {
        const { creationTimestamp } = view.get('nodes', '', node)?.metadata ?? {};
        return parseTime(creationTimestamp ?? '') ?? 0;
      },
    }),
    get state() {
      return book.state;
    },
  };
}
