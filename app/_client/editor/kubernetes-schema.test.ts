import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../../lib/api';
import { kubernetesSchema } from './kubernetes-schema';

type Node = { readonly [key: string]: Node };

const text = readFileSync(new URL('../../../public/schemas/kubernetes.json', import.meta.url), 'utf8');
const schema = JSON.parse(text) as Node;
const definition = (name: string): Node => schema.definitions?.[name] as Node;

describe('the schema that the editor checks manifests by', () => {
  it('is what the API says of itself today', () => {
    // Compared as a whole: a difference of such a text helps nobody. `write-schemas.mjs` brings it up to date.
    expect(`${JSON.stringify(kubernetesSchema())}\n` === text).toBe(true);
  });

  it('knows every kind by its name and version', () => {
    const rules = schema.allOf as unknown as readonly Node[];
    for (const { kind, group, version, verbs } of kinds) {
      if (verbs && !verbs.includes('update')) continue;
      const rule = rules.find((each) => (each.if?.properties?.kind?.const as unknown) === kind);
      expect(JSON.stringify(rule)).toContain(`"const":"${group === '' ? version : `${group}/${version}`}"`);
    }
  });

  it('holds all that it refers to, and nothing else', () => {
    const refs = new Set([...text.matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name = '']) => name));
    expect([...refs].sort()).toEqual(Object.keys(schema.definitions ?? {}));
  });

  it('refuses fields that there are not, and says what is required and what may be chosen', () => {
    const port = definition('io_k8s_api_core_v1_ServicePort');
    expect(port).toMatchObject({ additionalProperties: false, required: ['port'] });
    expect(port.properties?.protocol).toMatchObject({ default: 'TCP', enum: ['SCTP', 'TCP', 'UDP'] });
    expect(port.properties?.port).not.toHaveProperty('default');
    const spec = definition('io_k8s_api_core_v1_ServiceSpec');
    expect(spec.properties?.selector).toMatchObject({ additionalProperties: { type: 'string' } });
    expect(spec.properties?.sessionAffinityConfig?.$ref).toBe(
      '#/definitions/io_k8s_api_core_v1_SessionAffinityConfig',
    );
    expect(spec.properties?.sessionAffinityConfig?.description).toContain('affinity');
  });
});
