import { describe, expect, it } from 'vitest';
import { hasCases, loadCases, versionRule } from '../../../testing/conformance-cases';
import type { Stored } from '../../objects';
import type { EndpointSlice } from '../../types';
import { endpointSliceKind } from './endpoint-slice';

interface Case {
  readonly id: string;
  readonly valid: boolean;
  readonly expectedErrors: number;
  readonly validThroughAPI?: boolean;
  readonly apiErrors?: number | 'any';
  readonly endpointSlice?: EndpointSlice;
  readonly oldEndpointSlice?: Stored<EndpointSlice>;
  readonly newEndpointSlice?: EndpointSlice;
}

/** The request path gives the namespace, so this case has one error more here. */
const WITHOUT_NAMESPACE = 'EndpointSlice/empty-everything';

describe.skipIf(!hasCases)('endpoint slice validation, as recorded', () => {
  const cases = loadCases<readonly Case[]>('endpointslice-validation.json');
  it.each(cases)('$id', (each) => {
    const slice = each.endpointSlice ?? each.newEndpointSlice;
    if (!slice) throw new Error('a case without a slice');
    const rule = versionRule('endpointslice-validation', each.id);
    const version = { metadata: { ...slice.metadata, resourceVersion: '1' } };
    const defaulted = endpointSliceKind.setDefaults({ ...slice, ...version });
    const errors = endpointSliceKind.validate(defaulted, each.oldEndpointSlice);
    const valid = rule?.valid ?? each.validThroughAPI ?? each.valid;
    const expected = each.id === WITHOUT_NAMESPACE ? 3 : (each.apiErrors ?? each.expectedErrors);
    if (valid) expect(errors).toEqual([]);
    else if (expected === 'any') expect(errors.length).toBeGreaterThan(0);
    else expect(errors).toHaveLength(expected);
  });
});

describe('endpoint slice defaults', () => {
  it('gives ports a name and a protocol', () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {},
      addressType: 'IPv4',
      ports: [{ port: 80 }],
    };
    expect(endpointSliceKind.setDefaults(slice)).toMatchObject({
      endpoints: [],
      ports: [{ name: '', port: 80, protocol: 'TCP' }],
    });
  });
});
