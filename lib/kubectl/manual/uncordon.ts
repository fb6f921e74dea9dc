import type { Manual } from './manual';

/** The manual page of `kubectl uncordon`. */
export const uncordonManual: Manual = {
  name: 'uncordon',
  summary: 'Mark node as schedulable',
  long: 'Mark node as schedulable.',
  usage: 'uncordon NODE [options]',
  examples: `  # Mark node "foo" as schedulable
  kubectl uncordon foo`,
  flags: [
    {
      name: 'dry-run',
      type: 'string',
      default: "'none'",
      noOptDefault: 'unchanged',
      description:
        'Must be "none", "server", or "client". If client strategy, only print the object that would be sent, without sending it. If server strategy, submit server-side request without persisting the resource.',
    },
    {
      name: 'selector',
      short: 'l',
      type: 'string',
      default: "''",
      description:
        "Selector (label query) to filter on, supports '=', '==', '!=', 'in', 'notin'.(e.g. -l key1=value1,key2=value2,key3 in (value3)). Matching objects must satisfy all of the specified label constraints.",
    },
  ],
};
