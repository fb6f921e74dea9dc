import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Figures of this process, as Prometheus reads them. */
export interface Metrics {
  /** An answer was given. `route` is a pattern, so that there are few of them. */
  answered(route: string, method: string, status: number, seconds: number): void;
  /** What is asked for whenever somebody reads. */
  watch(name: string, help: string, read: () => number): void;
  /** The text that Prometheus reads, and its type. */
  text(): Promise<{ readonly body: string; readonly type: string }>;
}

/** From a page of the cache to one that waits for the database. */
const ANSWER_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Figures that begin at nothing. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'portside_http_request_duration_seconds',
    help: 'How long answers took, by route.',
    labelNames: ['route', 'method'],
    buckets: ANSWER_BUCKETS,
    registers: [registry],
  });
  const statuses = new Counter({
    name: 'portside_http_responses_total',
    help: 'Answers by route and status.',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  return {
    answered(route, method, status, seconds) {
      answers.observe({ route, method }, seconds);
      statuses.inc({ route, method, status: String(status) });
    },
    watch(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: () => gauge.set(read()),
      });
    },
    text: async () => ({ body: await registry.metrics(), type: registry.contentType }),
  };
}
