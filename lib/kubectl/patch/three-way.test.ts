import { describe, expect, it } from 'vitest';
import { findKind, type Schema } from '../../api';
import { mergeLocally } from './local-merge';
import { threeWayPatch } from './three-way';

const schemaOf = (group: string, kind: string): Schema | undefined => findKind(group, 'v1', kind)?.schema;

const deployment = (spec: object) => ({ spec });
const pod = (volumes: readonly object[]) => deployment({ template: { spec: { volumes } } });
const rolling = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
const serving = (replicas: number) => {
  const ports = ['UDP', 'TCP'].map((protocol) => ({ name: `dns-${protocol}`, containerPort: 53, protocol }));
  return { spec: { replicas, template: { spec: { containers: [{ name: 'dns', ports }] } } } };
};
const selecting = (app: string) => ({ spec: { minAvailable: 1, selector: { matchLabels: { app } } } });

/** What was applied last, what is applied now, what the cluster holds, and what kubectl 1.35.2 sends. */
const cases: readonly (readonly [string, string, string, object, object, object, object])[] = [
  [
    'names the keys that shall be left, though only the cluster has more',
    'apps',
    'Deployment',
    deployment({ strategy: { type: 'RollingUpdate' } }),
    deployment({ strategy: { type: 'RollingUpdate' } }),
    deployment({ strategy: rolling }),
    { spec: { strategy: { $retainKeys: ['type'] } } },
  ],
  [
    'leaves the settings of one strategy behind for another',
    'apps',
    'Deployment',
    deployment({ strategy: { type: 'RollingUpdate' } }),
    deployment({ strategy: { type: 'Recreate' } }),
    deployment({ strategy: rolling }),
    { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
  ],
  [
    'drops what was applied before and is no more',
    'apps',
    'Deployment',
    deployment({ strategy: rolling }),
    deployment({ strategy: { type: 'Recreate' } }),
    deployment({ strategy: rolling }),
    { spec: { strategy: { $retainKeys: ['type'], rollingUpdate: null, type: 'Recreate' } } },
  ],
  [
    'says nothing of a strategy that nobody asks for',
    'apps',
    'Deployment',
    deployment({ replicas: 1 }),
    deployment({ replicas: 2 }),
    deployment({ replicas: 1, strategy: rolling }),
    { spec: { replicas: 2 } },
  ],
  [
    'turns a volume into one of another kind',
    'apps',
    'Deployment',
    pod([{ name: 'v', emptyDir: {} }]),
    pod([{ name: 'v', configMap: { name: 'x' } }]),
    pod([{ name: 'v', emptyDir: {} }]),
    {
      spec: {
        template: {
          spec: {
            '$setElementOrder/volumes': [{ name: 'v' }],
            volumes: [
              { $retainKeys: ['configMap', 'name'], configMap: { name: 'x' }, emptyDir: null, name: 'v' },
            ],
          },
        },
      },
    },
  ],
  [
    'sends a selector that is replaced whole even when it is the same',
    'policy',
    'PodDisruptionBudget',
    selecting('web'),
    selecting('web'),
    selecting('web'),
    { spec: { selector: { matchLabels: { app: 'web' } } } },
  ],
  [
    'leaves ports of one number and two protocols alone',
    'apps',
    'Deployment',
    serving(2),
    serving(3),
    serving(2),
    { spec: { replicas: 3 } },
  ],
];

describe('threeWayPatch', () => {
  it.each(cases)('%s', (_title, group, kind, original, modified, current, patch) => {
    const schema = schemaOf(group, kind);
    const made = threeWayPatch(original as never, modified as never, current as never, schema);
    expect(made).toEqual(patch);
    const after = mergeLocally(current as never, made, schema) as { spec: Record<string, unknown> };
    const wanted = modified as { spec: Record<string, unknown> };
    for (const [key, value] of Object.entries(wanted.spec)) expect(after.spec[key]).toEqual(value);
  });
});
