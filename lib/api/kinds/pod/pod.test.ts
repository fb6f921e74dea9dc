import { describe, expect, it } from 'vitest';
import type { KubeObject, Stored } from '../../objects';
import { fieldErrorBody } from '../../status';
import { pullPolicy } from './container-defaults';
import { podKind } from './index';
import { podQosClass } from './qos';

const pod = (spec: object, metadata = {}): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'default', ...metadata },
    spec,
  }) as KubeObject;
const one = (container: object, rest = {}): object => ({
  containers: [{ name: 'c', image: 'nginx', ...container }],
  ...rest,
});
const created = (spec: object): KubeObject => podKind.prepareForCreate(podKind.setDefaults(pod(spec)));
const shown = (object: KubeObject, previous?: KubeObject): readonly string[] => {
  const meta = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  const stored = previous && ({ ...previous, metadata: { ...previous.metadata, ...meta } } as Stored);
  const next = stored ? { ...object, metadata: { ...object.metadata, ...meta } } : object;
  return podKind.validate(next, stored).map((each) => `${each.field}: ${fieldErrorBody(each)}`);
};

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

describe('pod defaults', () => {
  it('are those of a bare Pod', () => {
    expect(created(one({ ports: [{ containerPort: 80 }] }))).toEqual({
      ...pod({
        containers: [
          {
            name: 'c',
            image: 'nginx',
            imagePullPolicy: 'Always',
            ports: [{ containerPort: 80, protocol: 'TCP' }],
            resources: {},
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
        dnsPolicy: 'ClusterFirst',
        enableServiceLinks: true,
        restartPolicy: 'Always',
        schedulerName: 'default-scheduler',
        securityContext: {},
        terminationGracePeriodSeconds: 30,
      }),
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
  });

  it('change nothing a second time', () => {
    const whole = one(
      {
        env: [
          { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          { name: 'E', value: '' },
        ],
        resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
        readinessProbe: { httpGet: { port: 80 } },
        livenessProbe: { grpc: { port: 1 }, periodSeconds: 3 },
        lifecycle: { preStop: { httpGet: { port: 'x' } } },
      },
      { volumes: [{ name: 'a' }, { name: 'b', secret: { secretName: 's' } }], serviceAccount: 'me' },
    );
    const once = podKind.setDefaults(pod(whole));
    expect(podKind.setDefaults(once)).toEqual(once);
    expect(once).toMatchObject({
      spec: {
        serviceAccountName: 'me',
        volumes: [{ name: 'a', emptyDir: {} }, { secret: { defaultMode: 420 } }],
        containers: [
          {
            env: [{ valueFrom: { fieldRef: { apiVersion: 'v1' } } }, { name: 'E' }],
            resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '500m', memory: '1Gi' } },
            readinessProbe: {
              httpGet: { path: '/', port: 80, scheme: 'HTTP' },
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
            livenessProbe: { grpc: { port: 1, service: '' }, periodSeconds: 3 },
          },
        ],
      },
    });
  });

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['registry:5000/nginx', 'Always'],
    ['nginx:1.25', 'IfNotPresent'],
    ['nginx@sha256:abc', 'IfNotPresent'],
  ])('pull policy of %s is %s', (image, policy) => {
    expect(pullPolicy(image)).toBe(policy);
  });

  it.each([
    ['BestEffort', {}],
    ['Burstable', { requests: { cpu: '1' } }],
    ['Guaranteed', { limits: { cpu: '1', memory: '1Gi' } }],
    ['Burstable', { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '500m' } }],
  ])('quality of service is %s', (expected, resources) => {
    expect(podQosClass({ containers: [{ name: 'c', resources }] })).toBe(expected);
  });
});

describe('pod validation', () => {
  it.each<[string, object, readonly string[]]>([
    ['nothing wrong', one({}), []],
    ['no containers', {}, ['spec.containers: Required value']],
    ['no image', { containers: [{ name: 'c' }] }, ['spec.containers[0].image: Required value']],
    [
      'bad and repeated names',
      {
        containers: [
          { name: 'Bad_Name', image: 'x' },
          { name: 'a', image: 'x' },
          { name: 'a', image: 'x' },
        ],
      },
      [
        `spec.containers[0].name: Invalid value: "Bad_Name": ${LABEL}`,
        'spec.containers[2].name: Duplicate value: "a"',
      ],
    ],
    [
      'ports',
      one({
        ports: [{ containerPort: 80800 }, { containerPort: 0 }, { containerPort: 1, protocol: 'HTTP' }],
      }),
      [
        'spec.containers[0].ports[0].containerPort: Invalid value: 80800: must be between 1 and 65535, inclusive',
        'spec.containers[0].ports[1].containerPort: Required value',
        'spec.containers[0].ports[2].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      'a port name too long',
      one({ ports: [{ containerPort: 1, name: 'a-very-long-port-name' }] }),
      [
        'spec.containers[0].ports[0].name: Invalid value: "a-very-long-port-name": must be no more than 15 characters',
      ],
    ],
    [
      'policies',
      one({ imagePullPolicy: 'Sometimes' }, { restartPolicy: 'Maybe', dnsPolicy: 'Mine' }),
      [
        'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
        'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
        'spec.dnsPolicy: Unsupported value: "Mine": supported values: "ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"',
      ],
    ],
    [
      'a mount without its volume',
      one({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ],
    [
      'two kinds of volume at once',
      one({}, { volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/x' } }] }),
      ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'requests above limits',
      one({ resources: { limits: { cpu: '1' }, requests: { cpu: '2' } } }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
      ],
    ],
    [
      'probes',
      one({ livenessProbe: { successThreshold: 2, tcpSocket: { port: 0 } }, readinessProbe: {} }),
      [
        'spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive',
        'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
        'spec.containers[0].readinessProbe: Required value: must specify a handler type',
      ],
    ],
    [
      'variables',
      one({ env: [{ name: '' }, { name: 'A=B' }, { name: 'C', valueFrom: {} }] }),
      [
        'spec.containers[0].env[0].name: Required value',
        'spec.containers[0].env[1].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
        'spec.containers[0].env[2].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
      ],
    ],
  ])('%s', (_title, spec, errors) => {
    expect(shown(created(spec))).toEqual(errors);
  });
});

describe('pod update validation', () => {
  const before = created(one({}));
  const FORBIDDEN =
    'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`, `spec.initContainers[*].image`, `spec.activeDeadlineSeconds`, `spec.tolerations` (only additions to existing tolerations) or `spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

  it.each<[string, object]>([
    ['another image', one({ image: 'nginx:1.25', imagePullPolicy: 'Always' })],
    ['a toleration more', one({}, { tolerations: [{ key: 'a', operator: 'Exists' }] })],
    ['a deadline', one({}, { activeDeadlineSeconds: 5 })],
  ])('lets %s through', (_title, spec) => {
    expect(shown(created(spec), before)).toEqual([]);
  });

  it('refuses other changes, and says which', () => {
    const [error = ''] = shown(created(one({ ports: [{ containerPort: 80 }] })), before);
    expect(error.split('\n').slice(0, 2)).toEqual([FORBIDDEN, '  core.PodSpec{']);
    expect(error).toContain('+ \tContainers: ');
  });

  it('refuses more containers', () => {
    const spec = {
      containers: [
        { name: 'c', image: 'nginx' },
        { name: 'd', image: 'nginx' },
      ],
    };
    expect(shown(created(spec), before)).toEqual([
      'spec.containers: Forbidden: pod updates may not add or remove containers',
    ]);
  });
});

describe('pod warnings', () => {
  it('tell what is said twice', () => {
    const env = [{ name: 'A' }, { name: 'B' }, { name: 'A' }];
    const ports = [{ containerPort: 80 }, { containerPort: 81 }, { containerPort: 80 }];
    expect(podKind.warnings?.(created(one({ env, ports })))).toEqual([
      'spec.containers[0].env[2]: hides previous definition of "A", which may be dropped when using apply',
      'spec.containers[0].ports[2]: duplicate port definition with spec.containers[0].ports[0]',
    ]);
    expect(podKind.warnings?.(created(one({})))).toEqual([]);
  });
});
