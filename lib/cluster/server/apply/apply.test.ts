import { describe, expect, it } from 'vitest';
import { kinds, type Service, type StatusError } from '../../../api';
import { createRandom } from '../../../base';
import { createStore } from '../../store';
import { APISERVER, createApiServer } from '../index';

const services = { group: '', version: 'v1', resource: 'services' };
const deployments = { group: 'apps', version: 'v1', resource: 'deployments' };

function newApi() {
  const clock = { at: 1_790_000_000_000, now: () => clock.at };
  const network = { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] } as const;
  const server = createApiServer({
    store: createStore({ freeze: true }),
    kinds,
    clock,
    random: createRandom(1),
    network,
  });
  const api = server.as(APISERVER);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
  api.create({ ...services, resource: 'namespaces' }, '', namespace);
  const apply = (
    spec: object,
    fieldManager = 'kubectl',
    more: { force?: boolean; metadata?: object } = {},
  ) => {
    const metadata = { name: 'web', ...more.metadata };
    const body = { apiVersion: 'v1', kind: 'Service', metadata, spec };
    const options = { fieldManager, force: more.force ?? false };
    return api.patch(services, 'default', 'web', 'apply', body, options).object as unknown as Service;
  };
  return { api, apply, clock };
}

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as StatusError).message;
  }
  return 'nothing';
};

const http = { name: 'http', port: 80, targetPort: 8080 };
const https = { name: 'https', port: 443, targetPort: 8443 };

describe('[AS11] server-side apply', () => {
  it('creates, and writes nothing when applied again', () => {
    const { apply, clock } = newApi();
    const first = apply({ selector: { app: 'web' }, ports: [http] });
    expect(first.metadata.managedFields).toMatchObject([
      { manager: 'kubectl', operation: 'Apply', apiVersion: 'v1' },
    ]);
    clock.at += 60_000;
    expect(apply({ selector: { app: 'web' }, ports: [http] })).toEqual(first);
  });

  it('removes what its applier no longer names, and leaves what others own', () => {
    const { api, apply } = newApi();
    apply({ selector: { app: 'web' }, ports: [http, https] }, 'kubectl', {
      metadata: { labels: { a: '1', b: '2' } },
    });
    const label = { metadata: { labels: { other: 'x' } } };
    api.patch(services, 'default', 'web', 'merge', label, { fieldManager: 'kubectl-label' });
    const next = apply({ selector: { app: 'web' }, ports: [http] }, 'kubectl', {
      metadata: { labels: { a: '1' } },
    });
    expect(next.spec?.ports?.map((port) => port.port)).toEqual([80]);
    expect(next.metadata.labels).toEqual({ a: '1', other: 'x' });
  });

  it('conflicts with whoever else wrote a field, unless forced', () => {
    const { api, apply } = newApi();
    apply({ selector: { app: 'web' }, ports: [http] });
    const change = { spec: { ports: [{ port: 80, targetPort: 9090 }] } };
    api.patch(services, 'default', 'web', 'strategic', change, { fieldManager: 'kubectl-patch' });
    expect(refusal(() => apply({ selector: { app: 'web' }, ports: [http] }))).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-patch" using v1: .spec.ports[port=80,protocol="TCP"].targetPort',
    );
    const forced = apply({ selector: { app: 'web' }, ports: [http] }, 'kubectl', { force: true });
    expect(forced.spec?.ports?.[0]?.targetPort).toBe(8080);
    expect(forced.metadata.managedFields?.map((entry) => entry.manager)).toEqual(['kubectl']);
  });

  it('names all conflicts, sorted by manager', () => {
    const { apply } = newApi();
    apply({ selector: { app: 'web' }, ports: [http], type: 'ClusterIP' }, 'one');
    expect(refusal(() => apply({ selector: { app: 'x' }, ports: [{ ...http, name: 'h' }] }, 'two'))).toBe(
      'Apply failed with 2 conflicts: conflicts with "one":\n- .spec.selector\n- .spec.ports[port=80,protocol="TCP"].name',
    );
  });

  it('shares a field that two appliers want alike', () => {
    const { apply } = newApi();
    apply({ ports: [http], selector: { app: 'web' } }, 'one');
    apply({ ports: [http] }, 'two');
    const left = apply({ ports: [http], selector: { app: 'web' } }, 'one');
    expect(left.metadata.managedFields?.map((entry) => entry.manager)).toEqual(['two', 'one']);
  });

  it('keeps replicas that scale set, and conflicts over them', () => {
    const { api } = newApi();
    const template = {
      metadata: { labels: { app: 'w' } },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    };
    const spec = { replicas: 1, selector: { matchLabels: { app: 'w' } }, template };
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'w' }, spec };
    const apply = (fields: object) =>
      api.patch(deployments, 'default', 'w', 'apply', { ...body, spec: fields }, { fieldManager: 'kubectl' });
    apply(spec);
    const scale = { spec: { replicas: 5 } };
    api.patch(deployments, 'default', 'w', 'merge', scale, {
      subresource: 'scale',
      fieldManager: 'kubectl-scale',
    });
    expect(refusal(() => apply(spec))).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-scale" with subresource "scale" using apps/v1: .spec.replicas',
    );
    const { replicas: _dropped, ...rest } = spec;
    expect(apply(rest).object).toMatchObject({ spec: { replicas: 5 } });
  });
});
