/** The IPVS schedulers whose kernel modules the nodes have: what they choose follows from what is known here. */
export const SCHEDULERS = ['rr', 'wrr', 'lc', 'wlc', 'sed', 'nq', 'sh', 'dh'] as const;

export type Scheduler = (typeof SCHEDULERS)[number];

/** Whether the kernel can schedule so. */
export function isScheduler(name: string): name is Scheduler {
  return SCHEDULERS.some((known) => known === name);
}
