/** What one workspace's API may be asked for, so that no workspace slows another. */
export const REQUEST_LIMITS = {
  /** Sustained requests per second: kubectl and informers stay far below, a loop without sleep does not. */
  perSecond: 50,
  /** Requests at once after a quiet time: `kubectl get all -A`, a helm install. */
  burst: 300,
  /** Watches, followed logs and processes open at the same time. */
  longRunning: 100,
} as const;

/** Counts the requests of one workspace. */
export interface RequestLimits {
  /** Takes one request's place; false: too many, try again in a second. */
  take(): boolean;
  /** Takes a place for a request that stays open; undefined when there is none. The returned function gives it back. */
  stay(): (() => void) | undefined;
  /** Nothing is open, and as many requests could come as ever. */
  readonly idle: boolean;
}

/** A token bucket and a count of what is open; `now` in ms of any steady clock. */
export function createRequestLimits(now: () => number): RequestLimits {
  let tokens: number = REQUEST_LIMITS.burst;
  let at = now();
  let open = 0;
  const refill = () => {
    const time = now();
    tokens = Math.min(REQUEST_LIMITS.burst, tokens + ((time - at) / 1000) * REQUEST_LIMITS.perSecond);
    at = time;
  };
  return {
    take() {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    stay() {
      if (open >= REQUEST_LIMITS.longRunning) return undefined;
      open += 1;
      let here = true;
      return () => {
        if (here) open -= 1;
        here = false;
      };
    },
    get idle() {
      refill();
      return open === 0 && tokens === REQUEST_LIMITS.burst;
    },
  };
}
