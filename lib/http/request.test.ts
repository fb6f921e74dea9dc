import { beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../api';
import { createRunningPod, inProcess } from './in-process.test-support';
import { createHandler } from './index';

let client: Client;
let handle: (request: Request) => Promise<Response>;

beforeAll(async () => {
  client = inProcess();
  handle = createHandler(() => client);
  await createRunningPod(client, 'p');
});

interface Ask {
  readonly method?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  readonly accept?: string;
}

function ask(path: string, { method = 'GET', body, type, accept }: Ask = {}): Promise<Response> {
  const headers = new Headers({ 'user-agent': 'tester/1 (x)' });
  if (type !== undefined) headers.set('content-type', type);
  if (accept !== undefined) headers.set('accept', accept);
  // A text's content type would be guessed; bytes have none.
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return handle(
    new Request(`http://cluster${path}`, {
      method,
      headers,
      ...(bytes === undefined ? {} : { body: bytes }),
    }),
  );
}

/** "400 text" for a refusal, "200 Pod" for an object. */
async function said(path: string, asked?: Ask): Promise<string> {
  const response = await ask(path, asked);
  const text = await response.text();
  if (!text.startsWith('{')) return `${response.status} ${text}`;
  const { message, kind } = JSON.parse(text);
  return `${response.status} ${message ?? kind}`;
}

const SERVICES = '/api/v1/namespaces/default/services';
const PODS = '/api/v1/namespaces/default/pods';
const NO_RESOURCE = '404 the server could not find the requested resource';
const NO_METHOD = '405 the server does not allow this method on the requested resource';

describe('[H1] paths', () => {
  it.each([
    ['/foo', '404 404 page not found\n'],
    ['/apis/cakes.example/v1/cakes', '404 404 page not found\n'],
    ['/apis/cakes.example', '404 404 page not found\n'],
    ['/apis/apps/v2', NO_RESOURCE],
    ['/apis/apps/v2/deployments', NO_RESOURCE],
    ['/apis/apps/v1/cakes', NO_RESOURCE],
    ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions', '200 CustomResourceDefinitionList'],
    ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions/x', '404 404 page not found\n'],
    ['/api/v2', NO_RESOURCE],
    ['/api/v1/cakes', NO_RESOURCE],
    ['/api/v1/pods/p', NO_RESOURCE],
    ['/api/v1/namespaces/default/nodes', NO_RESOURCE],
    ['/api/v1/namespaces/default/nodes/n', NO_RESOURCE],
    [`${PODS}/p/cakes`, NO_RESOURCE],
    [`${PODS}/p/log/more`, NO_RESOURCE],
    ['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews/x', NO_RESOURCE],
    ['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', NO_METHOD],
    [`${PODS}/a%2Fb`, NO_RESOURCE],
    [`${PODS}/a%25b`, `400 Name parameter invalid: "a%b": may not contain '%'`],
    [`${PODS}/%zz`, '400 400 Bad Request'],
    [`${PODS}/q`, '404 pods "q" not found'],
    [`${PODS}/`, '200 PodList'],
    ['/api/v1/pods', '200 PodList'],
    ['/api/v1/namespaces/default/status', '200 Namespace'],
    [`${PODS}/p?watch=true`, '200 Pod'],
    [`${PODS}/p?export=true`, '400 the export parameter, deprecated since v1.14, is no longer supported'],
  ])('GET %s', async (path, expected) => {
    expect(await said(path)).toBe(expected);
  });

  it.each([
    ['POST', '/api/v1/pods', NO_METHOD],
    ['DELETE', '/api/v1/pods', NO_METHOD],
    ['POST', `${PODS}/p`, NO_METHOD],
    ['PUT', PODS, NO_METHOD],
    ['PATCH', PODS, NO_METHOD],
    ['DELETE', `${PODS}/p/status`, NO_METHOD],
    ['POST', `${PODS}/p/log`, NO_METHOD],
    ['GET', `${PODS}/p/eviction`, NO_METHOD],
    ['OPTIONS', PODS, NO_METHOD],
    ['POST', '/apis', NO_METHOD],
    ['POST', '/version', NO_METHOD],
    ['DELETE', '/apis/apps/v1/cakes/x', NO_RESOURCE],
    ['POST', '/apis/apps/v1/cakes', NO_RESOURCE],
    ['PATCH', '/apis/nobody/v1/cakes/x', '404 404 page not found\n'],
  ])('%s %s', async (method, path, expected) => {
    expect(await said(path, { method })).toBe(expected);
  });

  it('HEAD has no route, and answers have no body', async () => {
    const response = await ask(PODS, { method: 'HEAD' });
    expect(response.status).toBe(405);
  });
});

describe('[H10] queries', () => {
  const LIST = '422 ListOptions.meta.k8s.io "" is invalid:';
  it.each([
    ['limit=x', '400 strconv.ParseInt: parsing "x": invalid syntax'],
    ['limit=9223372036854775808', '400 strconv.ParseInt: parsing "9223372036854775808": value out of range'],
    ['timeoutSeconds=', '400 strconv.ParseInt: parsing "": invalid syntax'],
    ['limit=%zz', '200 PodList'],
    ['limit=1;2', '200 PodList'],
    [
      'resourceVersion=x',
      '400 invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
    ],
    ['resourceVersion=99999', /^504 Timeout: Too large resource version: 99999, current: \d+$/],
    [
      'resourceVersionMatch=Exact',
      `${LIST} resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided`,
    ],
    [
      'resourceVersion=1&resourceVersionMatch=x',
      `${LIST} resourceVersionMatch: Unsupported value: "x": supported values: "Exact", "NotOlderThan", ""`,
    ],
    [
      'resourceVersion=0&resourceVersionMatch=Exact',
      `${LIST} resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"`,
    ],
    [
      'sendInitialEvents=true',
      `${LIST} sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list`,
    ],
    [
      'watch=1&sendInitialEvents=true',
      `${LIST} resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan`,
    ],
    [
      'watch=1&resourceVersionMatch=NotOlderThan',
      `${LIST} resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided`,
    ],
    [
      'watch=1&resourceVersion=x',
      '400 invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
    ],
    ['watch=1&labelSelector=!!', /^400 /],
    [
      'continue=!',
      '400 invalid continue token: continue key is not valid: illegal base64 data at input byte 0',
    ],
    ['watch=false', '200 PodList'],
  ])('%s', async (query, expected) => {
    const found = await said(`${PODS}?${query}`);
    if (typeof expected === 'string') expect(found).toBe(expected);
    else expect(found).toMatch(expected);
  });

  const body = '{"metadata":{"name":"w"},"spec":{"ports":[{"port":80}]}}';
  const CREATE = '422 CreateOptions.meta.k8s.io "" is invalid:';
  it.each([
    ['dryRun=x', `${CREATE} dryRun: Unsupported value: ["x"]: supported values: "All"`],
    ['dryRun=All&dryRun=', `${CREATE} dryRun: Unsupported value: ["All",""]: supported values: "All"`],
    [
      'fieldValidation=strict',
      `${CREATE} fieldValidation: Unsupported value: "strict": supported values: "", "Ignore", "Strict", "Warn"`,
    ],
    [`fieldManager=${'x'.repeat(129)}`, `${CREATE} fieldManager: Too long: may not be more than 128 bytes`],
    [
      'fieldManager=a%09b',
      `${CREATE} fieldManager: Invalid value: "a\\tb": invalid character U+0009 (at position 1)`,
    ],
    ['dryRun=All', '201 Service'],
  ])('POST ?%s', async (query, expected) => {
    expect(await said(`${SERVICES}?${query}`, { method: 'POST', body })).toBe(expected);
  });

  const PATCHED = '422 PatchOptions.meta.k8s.io "" is invalid:';
  it.each([
    [
      'application/merge-patch+json',
      'force=true',
      `${PATCHED} force: Forbidden: may not be specified for non-apply patch`,
    ],
    [
      'application/apply-patch+yaml',
      '',
      `${PATCHED} fieldManager: Required value: is required for apply patch`,
    ],
    [
      'application/merge-patch+json',
      'dryRun=x',
      `${PATCHED} dryRun: Unsupported value: ["x"]: supported values: "All"`,
    ],
    [
      'application/json',
      '',
      '415 the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
    ],
  ])('PATCH %s ?%s', async (type, query, expected) => {
    expect(await said(`${PODS}/p?${query}`, { method: 'PATCH', type, body: '{}' })).toBe(expected);
  });

  const DELETED = '422 DeleteOptions.meta.k8s.io "" is invalid:';
  it.each([
    [
      'propagationPolicy=x',
      undefined,
      `${DELETED} propagationPolicy: Unsupported value: "x": supported values: "Foreground", "Background", "Orphan", "nil"`,
    ],
    [
      'orphanDependents=true&propagationPolicy=Orphan',
      undefined,
      `${DELETED} propagationPolicy: Invalid value: "Orphan": orphanDependents and deletionPropagation cannot be both set`,
    ],
    ['gracePeriodSeconds=x', undefined, '400 strconv.ParseInt: parsing "x": invalid syntax'],
    ['', '{"dryRun":["x"]}', `${DELETED} dryRun: Unsupported value: ["x"]: supported values: "All"`],
    [
      '',
      '{"gracePeriodSeconds":"x"}',
      '400 json: cannot unmarshal string into Go struct field DeleteOptions.gracePeriodSeconds of type int64',
    ],
    ['', '{', "400 couldn't get version/kind; json parse error: unexpected end of JSON input"],
    ['', '{"kind":"Pod"}', '400 decoded object cannot be converted to DeleteOptions'],
    ['dryRun=x', '{"dryRun":["All"]}', '200 Pod'],
  ])('DELETE ?%s %s', async (query, sent, expected) => {
    const asked = sent === undefined ? {} : { body: sent };
    expect(await said(`${PODS}/p?${query}`, { method: 'DELETE', ...asked })).toBe(expected);
  });

  const LOG = '422 PodLogOptions "p" is invalid:';
  it.each([
    ['tailLines=x', '400 strconv.ParseInt: parsing "x": invalid syntax'],
    ['tailLines=-1', `${LOG} tailLines: Invalid value: -1: must be greater than or equal to 0`],
    ['limitBytes=0', `${LOG} limitBytes: Invalid value: 0: must be greater than 0`],
    ['sinceSeconds=0', `${LOG} sinceSeconds: Invalid value: 0: must be greater than 0`],
    [
      'sinceSeconds=1&sinceTime=2026-01-05T09:00:00Z',
      `${LOG} : Forbidden: at most one of \`sinceTime\` or \`sinceSeconds\` may be specified`,
    ],
    ['sinceTime=x', '400 parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
    ['stream=Stdout', `${LOG} stream: Forbidden: may not be specified`],
    ['container=x', '400 container x is not valid for pod p'],
    ['limitBytes=3&insecureSkipTLSVerifyBackend=true', '200 hel'],
    ['tailLines=1', '200 hello\n'],
  ])('log ?%s', async (query, expected) => {
    expect(await said(`${PODS}/p/log?${query}`)).toBe(expected);
  });
});

describe('[H9] bodies', () => {
  it('have U+FFFD where half of a surrogate pair stood, as Go reads them', async () => {
    const body = String.raw`{"metadata":{"name":"halves"},"data":{"a":"\ud800x\ud83d\ude00"}}`;
    const response = await ask('/api/v1/namespaces/default/configmaps', { method: 'POST', body });
    expect((await response.json()).data).toEqual({ a: '\ufffdx😀' });
  });

  const UNKNOWN = '400 the object provided is unrecognized (must be of type Service):';
  const JSON_ERROR = `${UNKNOWN} couldn't get version/kind; json parse error:`;
  const FIND =
    'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
  it.each([
    ['', `${JSON_ERROR} unexpected end of JSON input (<empty>)`],
    ['x', `${JSON_ERROR} invalid character 'x' looking for beginning of value (78)`],
    [
      '{"kind":"Service","metadata":{"name":"a"},',
      `${JSON_ERROR} unexpected end of JSON input ({"kind":"Service","metadata":{ ...)`,
    ],
    ['[]', `${JSON_ERROR} json: cannot unmarshal array into Go value of type ${FIND} (5b5d)`],
    [
      '{"kind":1}',
      `${JSON_ERROR} json: cannot unmarshal number into Go struct field .kind of type string ({"kind":1})`,
    ],
    ['{"apiVersion":"a/b/c"}', `${UNKNOWN} unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c"})`],
    [
      '{"kind":"Cake"}',
      '400 Cake in version "v1" cannot be handled as a Service: no kind "Cake" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      '{"kind":"Pod"}',
      '400 Pod in version "v1" cannot be handled as a Service: converting (v1.Pod) to (core.Service): unknown conversion',
    ],
    [
      '{"apiVersion":"v2"}',
      '400 Service in version "v2" cannot be handled as a Service: no kind "Service" is registered for version "v2" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      '{"metadata":"x"}',
      '400 Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field Service.metadata of type v1.ObjectMeta',
    ],
    [
      '{"metadata":{"name":"a"},"spec":{"ports":"x"}}',
      '400 Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
  ])('POST %s', async (body, expected) => {
    expect(await said(SERVICES, { method: 'POST', body })).toBe(expected);
  });

  it('need not say what the path has said', async () => {
    const body = '{"metadata":{"name":"plain"},"spec":{"ports":[{"port":80}]}}';
    expect(await said(`${SERVICES}?dryRun=All`, { method: 'POST', body })).toBe('201 Service');
  });

  it('may be YAML, and is refused in its words', async () => {
    const type = 'application/yaml';
    const body = 'metadata: {name: yaml}\nspec:\n  ports:\n  - port: 80\n';
    expect(await said(`${SERVICES}?dryRun=All`, { method: 'POST', type, body })).toBe('201 Service');
    expect(await said(SERVICES, { method: 'POST', type, body: 'a: b: c' })).toBe(
      `${UNKNOWN} yaml: mapping values are not allowed in this context (613a20623a2063)`,
    );
  });

  it('of another type are refused', async () => {
    expect(await said(SERVICES, { method: 'POST', type: 'text/plain', body: 'x' })).toBe(
      '415 the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
  });

  it('that are too long are read no further than they may be', async () => {
    let pulled = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
      },
    });
    const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
    const response = await handle(new Request(`http://cluster${SERVICES}`, init));
    expect(response.status).toBe(413);
    expect((await response.json()).message).toBe('Request entity too large: limit is 3145728');
    expect(pulled).toBeLessThan(8);
  });

  const twice =
    '{"metadata":{"name":"twice"},"spec":{"type":"ClusterIP","type":"NodePort","ports":[{"port":80}],"x":1}}';
  it('fields that come twice are refused, told of, or passed over', async () => {
    const post = (validation: string, body = twice, type = 'application/json') =>
      ask(`${SERVICES}?dryRun=All&fieldValidation=${validation}`, { method: 'POST', type, body });
    expect((await (await post('Strict')).json()).message).toBe(
      'Service in version "v1" cannot be handled as a Service: strict decoding error: duplicate field "spec.type", unknown field "spec.x"',
    );
    expect((await post('')).headers.get('warning')).toBe(
      '299 - "duplicate field \\"spec.type\\"", 299 - "unknown field \\"spec.x\\""',
    );
    expect((await post('Ignore')).headers.get('warning')).toBeNull();
    const yaml = 'metadata: {name: z}\nspec:\n  type: ClusterIP\n  type: NodePort\n  ports: [{port: 80}]\n';
    expect((await (await post('Strict', yaml, 'application/yaml')).json()).message).toBe(
      'Service in version "v1" cannot be handled as a Service: strict decoding error: yaml: unmarshal errors:\n  line 4: key "type" already set in map',
    );
    expect((await post('Warn', yaml, 'application/yaml')).headers.get('warning')).toBe(
      '299 - "line 4: key \\"type\\" already set in map"',
    );
  });

  it.each([
    [
      '{"metadata":{"name":"other"}}',
      '400 the name of the object (other) does not match the name on the URL (p)',
    ],
    ['{}', '400 the name of the object (p based on URL) was undeterminable: name must be provided'],
  ])('PUT %s', async (body, expected) => {
    expect(await said(`${PODS}/p`, { method: 'PUT', body })).toBe(expected);
  });

  it.each([
    [
      'application/merge-patch+json',
      'x',
      "400 error decoding patch: invalid character 'x' looking for beginning of value",
    ],
    [
      'application/merge-patch+json',
      '[]',
      '400 error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    ['application/strategic-merge-patch+json', '{', '400 unexpected end of JSON input'],
    [
      'application/strategic-merge-patch+json',
      '"x"',
      '400 json: cannot unmarshal string into Go value of type map[string]interface {}',
    ],
    [
      'application/json-patch+json',
      '{}',
      '400 error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      'application/json-patch+json',
      '[{"op":"replace","path":"/spec/nowhere/x","value":1}]',
      '422 the server rejected our request due to an error in our request',
    ],
  ])('PATCH %s %s', async (type, body, expected) => {
    expect(await said(`${PODS}/p`, { method: 'PATCH', type, body })).toBe(expected);
  });

  it('an applied text is YAML', async () => {
    const apply = (body: string, query = '') =>
      said(`${SERVICES}/applied?dryRun=All&fieldManager=m${query}`, {
        method: 'PATCH',
        type: 'application/apply-patch+yaml',
        body,
      });
    const head = 'apiVersion: v1\nkind: Service\nmetadata: {name: applied}\nspec:\n  ports: [{port: 80}]\n';
    expect(await apply(head)).toBe('201 Service');
    expect(await apply('a: b: c')).toBe(
      '400 error decoding YAML: error converting YAML to JSON: yaml: mapping values are not allowed in this context',
    );
    expect(await apply(`${head}kind: Service\n`, '&fieldValidation=Strict')).toBe(
      '400 error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key "kind" already set in map',
    );
  });
});
