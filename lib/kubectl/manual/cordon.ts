import type { Manual } from './manual';

/** The manual page of `kubectl cordon`. */
export const cordonManual: Manual = {
  name: 'cordon',
  summary: 'Mark node as unschedulable',
  long: 'Mark node as unschedulable.',
  usage: 'cordon NODE [options]',
  examples: `  # Mark node "foo" as unschedulable
  kubectl cordon foo`,
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
