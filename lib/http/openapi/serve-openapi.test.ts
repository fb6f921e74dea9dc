import protobuf from 'protobufjs/light.js';
import { describe, expect, it } from 'vitest';
import { type Client, noSuchPath, openApiIndex, openApiV2, openApiV3, type StatusError } from '../../api';
import { createHandler } from '../handler';

const handler = createHandler(() => ({ raw: async () => '' }) as Partial<Client> as Client);
const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  handler(new Request(`http://cluster${path}`, { headers, method }));

const document = (root: string) => {
  const found = openApiV3(root);
  if (!found) throw new Error(root);
  return found;
};
const { hash } = document('apis/apps/v1');
const V2 = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';

describe('[H4] OpenAPI', () => {
  it('serves the index, and documents by the URLs in it', async () => {
    const index = await ask('/openapi/v3');
    expect(index.headers.get('etag')).toBe(`"${openApiIndex().hash}"`);
    const { paths } = (await index.json()) as { paths: Record<string, { serverRelativeURL: string }> };
    const found = await ask(paths['apis/apps/v1']?.serverRelativeURL ?? '');
    expect(found.status).toBe(200);
    expect(await found.text()).toBe(document('apis/apps/v1').json);
  });

  it('lets a document asked for by its hash be kept, and no other', async () => {
    const kept = await ask(`/openapi/v3/apis/apps/v1?hash=${hash}`);
    expect(kept.headers.get('cache-control')).toBe('public, immutable');
    expect(Date.parse(kept.headers.get('expires') ?? '')).toBeGreaterThan(Date.UTC(2035, 0));
    const loose = await ask('/openapi/v3/apis/apps/v1');
    expect([loose.headers.get('cache-control'), loose.headers.get('expires')]).toEqual([null, null]);
  });

  it('moves from an old hash to the new one, below any prefix', async () => {
    const moved = await ask('/openapi/v3/apis/apps/v1?hash=OLD');
    expect(moved.status).toBe(301);
    const target = new URL(
      moved.headers.get('location') ?? '',
      'http://host/k8s/key/openapi/v3/apis/apps/v1?hash=OLD',
    );
    expect(target.href).toBe(`http://host/k8s/key/openapi/v3/apis/apps/v1?hash=${hash}`);
  });

  it.each([
    ['the hash', `"${hash}"`, 304],
    ['one of several', `"x", "${hash}"`, 304],
    ['anything', '*', 304],
    ['another', '"x"', 200],
  ])('answers If-None-Match with %s', async (_what, match, status) => {
    const response = await ask('/openapi/v3/apis/apps/v1', { 'if-none-match': match });
    expect([response.status, response.headers.get('etag')]).toEqual([status, `"${hash}"`]);
    expect((await response.text()).length > 0).toBe(status === 200);
  });

  it.each([
    ['application/json', 200],
    ['application/*;q=0.5', 200],
    ['application/com.github.proto-openapi.spec.v3@v1.0+protobuf', 200],
    ['text/html', 406],
  ])('answers %s with %d', async (accept, status) => {
    const response = await ask('/openapi/v3/api/v1', { accept });
    expect(response.status).toBe(status);
    if (status === 200) expect(response.headers.get('content-type')).toBe('application/json');
  });

  it('leaves it to the client who may read', async () => {
    const refusing = createHandler(
      () => ({ raw: async () => Promise.reject(noSuchPath()) }) as Partial<Client> as Client,
    );
    expect((await refusing(new Request('http://cluster/openapi/v3'))).status).toBe(404);
  });

  it('sends no body to HEAD', async () => {
    expect(await (await ask('/openapi/v3/api/v1', {}, 'HEAD')).text()).toBe('');
  });

  it.each(['/openapi/v3/apis/none/v1', '/openapi/v4', '/openapi/v2/x'])('knows no %s', async (path) => {
    const response = await ask(path);
    expect(response.status).toBe(404);
    expect(((await response.json()) as StatusError['status']).reason).toBe('NotFound');
  });

  it('serves v2 as JSON, and as protobuf to who asks for it first', async () => {
    expect(await (await ask('/openapi/v2')).text()).toBe(openApiV2().json);
    expect((await ask('/openapi/v2', { accept: 'text/html' })).status).toBe(406);
    const first = await ask('/openapi/v2', { accept: `application/json, ${V2}` });
    expect(first.headers.get('content-type')).toBe('application/json');
    const binary = await ask('/openapi/v2', { accept: V2 });
    expect(binary.headers.get('content-type')).toBe(V2.replace('@', '.'));
    expect(readDefinitions(new Uint8Array(await binary.arrayBuffer()))).toEqual(jsonDefinitions());
  });
});

/** gnostic's messages as far as kubectl reads them, stated apart from the encoder's table. */
const root = new protobuf.Root();
root.addJSON({
  NamedAny: { fields: { name: { id: 1, type: 'string' }, value: { id: 2, type: 'Any' } } },
  Any: { fields: { yaml: { id: 2, type: 'string' } } },
  Type: { fields: { value: { id: 1, type: 'string', rule: 'repeated' } } },
  Items: { fields: { schema: { id: 1, type: 'Schema', rule: 'repeated' } } },
  Additional: { fields: { schema: { id: 1, type: 'Schema' } } },
  NamedSchema: { fields: { name: { id: 1, type: 'string' }, value: { id: 2, type: 'Schema' } } },
  Properties: { fields: { additionalProperties: { id: 1, type: 'NamedSchema', rule: 'repeated' } } },
  Schema: {
    fields: {
      ref: { id: 1, type: 'string' },
      format: { id: 2, type: 'string' },
      description: { id: 4, type: 'string' },
      required: { id: 19, type: 'string', rule: 'repeated' },
      enum: { id: 20, type: 'Any', rule: 'repeated' },
      additionalProperties: { id: 21, type: 'Additional' },
      type: { id: 22, type: 'Type' },
      items: { id: 23, type: 'Items' },
      properties: { id: 25, type: 'Properties' },
      vendorExtension: { id: 31, type: 'NamedAny', rule: 'repeated' },
    },
  },
  Document: { fields: { swagger: { id: 1, type: 'string' }, definitions: { id: 9, type: 'Properties' } } },
});

interface SchemaMessage {
  readonly ref?: string;
  readonly format?: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly enum?: readonly { readonly yaml: string }[];
  readonly type?: { readonly value: readonly string[] };
  readonly items?: { readonly schema: readonly SchemaMessage[] };
  readonly additionalProperties?: { readonly schema: SchemaMessage };
  readonly properties?: { readonly additionalProperties: readonly Named[] };
  readonly vendorExtension?: readonly { readonly name: string; readonly value: { readonly yaml: string } }[];
}
interface Named {
  readonly name: string;
  readonly value: SchemaMessage;
}

function readDefinitions(bytes: Uint8Array): unknown {
  const type = root.lookupType('Document');
  const read = type.toObject(type.decode(bytes)) as {
    swagger: string;
    definitions: { additionalProperties: readonly Named[] };
  };
  expect(read.swagger).toBe('2.0');
  return named(read.definitions.additionalProperties);
}

const named = (list: readonly Named[]) =>
  Object.fromEntries(list.map(({ name, value }) => [name, toJson(value)]));

/** A message as the JSON that it was made from. */
function toJson(schema: SchemaMessage): unknown {
  const { ref, format, description, required, type, items, additionalProperties, properties } = schema;
  const values = schema.enum?.map(({ yaml }) => JSON.parse(yaml));
  const extensions = (schema.vendorExtension ?? []).map(({ name, value }) => [name, JSON.parse(value.yaml)]);
  const found = {
    $ref: ref,
    format,
    description,
    required,
    enum: values,
    type: type?.value[0],
    items: items?.schema[0] && toJson(items.schema[0]),
    additionalProperties: additionalProperties && toJson(additionalProperties.schema),
    properties: properties && named(properties.additionalProperties),
    ...Object.fromEntries(extensions),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

/** The definitions of the JSON document, without defaults, which the test's messages leave out. */
function jsonDefinitions(): unknown {
  return JSON.parse(openApiV2().json, (key, value: unknown) =>
    key === 'default' && typeof value !== 'object' ? undefined : value,
  ).definitions;
}
