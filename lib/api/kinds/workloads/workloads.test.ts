import { describe, expect, it } from 'vitest';
import type { KubeObject, Stored } from '../../objects';
import { fieldErrorBody } from '../../status';
import { deploymentKind, replicaSetKind } from './index';

const container = { name: 'nginx', image: 'nginx' };
const template = (labels: object, containers: readonly object[] = [container]): object => ({
  metadata: { labels },
  spec: { containers },
});
const web = { app: 'web-app' };
const deployment = (spec: object): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web-app', namespace: 'default' },
    spec,
  }) as KubeObject;
const good = { selector: { matchLabels: web }, template: template(web) };

const created = (spec: object): KubeObject => deploymentKind.setDefaults(deployment(spec));
const shown = (spec: object, before?: object): readonly string[] => {
  const meta = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  const stored =
    before && ({ ...created(before), metadata: { ...deployment({}).metadata, ...meta } } as Stored);
  const next = stored ? { ...created(spec), metadata: stored.metadata } : created(spec);
  return deploymentKind.validate(next, stored).map((each) => `${each.field}: ${fieldErrorBody(each)}`);
};

describe('deployment', () => {
  it('is defaulted once and for all', () => {
    const once = created(good);
    expect(deploymentKind.setDefaults(once)).toEqual(once);
    expect(once).toMatchObject({
      spec: {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: { spec: { dnsPolicy: 'ClusterFirst', containers: [{ imagePullPolicy: 'Always' }] } },
      },
      status: {},
    });
    expect(
      Object.keys((once as unknown as { spec: { template: { spec: object } } }).spec.template.spec),
    ).not.toContain('enableServiceLinks');
  });

  const LABEL =
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

  it.each<[string, object, readonly string[]]>([
    ['nothing wrong', good, []],
    [
      'labels that the selector misses',
      { ...good, template: template({ app: 'webapp' }) },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"webapp"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'no selector',
      { template: template(web) },
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: {"app":"web-app"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'no containers',
      { ...good, template: { metadata: { labels: web }, spec: {} } },
      ['spec.template.spec.containers: Required value'],
    ],
    [
      'everything at once',
      {
        ...good,
        replicas: -1,
        template: template(web, [
          { name: 'nginx_1', image: 'nginx', ports: [{ containerPort: 80800 }] },
          { name: 'web', ports: [{ containerPort: 0 }] },
        ]),
      },
      [
        'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        `spec.template.spec.containers[0].name: Invalid value: "nginx_1": ${LABEL}`,
        'spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 80800: must be between 1 and 65535, inclusive',
        'spec.template.spec.containers[1].image: Required value',
        'spec.template.spec.containers[1].ports[0].containerPort: Required value',
      ],
    ],
    [
      'a rollout that cannot move',
      { ...good, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'],
    ],
  ])('with %s', (_title, spec, errors) => {
    expect(shown(spec)).toEqual(errors);
  });

  it('keeps its selector', () => {
    const labels = { app: 'web-app', tier: 'front' };
    expect(shown({ selector: { matchLabels: labels }, template: template(labels) }, good)).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"web-app","tier":"front"}}: field is immutable',
    ]);
  });
});

describe('replica set', () => {
  it('starts with a status of its own', () => {
    const given = { ...deployment(good), kind: 'ReplicaSet', status: { replicas: 9 } };
    const made = replicaSetKind.prepareForCreate(replicaSetKind.setDefaults(given));
    expect(made).toMatchObject({ spec: { replicas: 1 }, status: { replicas: 0 } });
  });
});
