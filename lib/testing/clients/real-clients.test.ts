import { afterAll, beforeAll, describe, it } from 'vitest';
import { clientBinaries } from './binaries.test-support';
import { play } from './scenario.test-support';
import { type ServedCluster, serveCluster } from './served-cluster.test-support';
import { apply } from './tables/apply';
import { cluster } from './tables/cluster';
import { helm } from './tables/helm';
import { inside } from './tables/inside';
import { services } from './tables/services';
import { workloads } from './tables/workloads';

let served: ServedCluster;

beforeAll(async () => {
  clientBinaries();
  served = await serveCluster();
}, 60_000);
afterAll(() => served.stop());

describe.each(Object.entries({ services, apply, workloads, inside, cluster, helm }))(
  '[RC1] %s',
  (_table, scenarios) => {
    it.each(scenarios)('$name', (scenario) => play(served, scenario), 60_000);
  },
);
