const LATEST_MS = 1_200;
/** Safari has no idle callbacks: there, what can wait waits a moment. */
const MOMENT_MS = 200;

/** Runs `work` once the page has nothing more urgent to do, and soon at the latest; returns how to call it off. */
export function whenIdle(work: () => void): () => void {
  if (typeof window.requestIdleCallback !== 'function') {
    const timer = setTimeout(work, MOMENT_MS);
    return () => clearTimeout(timer);
  }
  const request = window.requestIdleCallback(work, { timeout: LATEST_MS });
  return () => window.cancelIdleCallback(request);
}
