import {
  type Client,
  noSuchPath,
  type OpenApiDocument,
  openApiIndex,
  openApiUrl,
  openApiV2,
  openApiV3,
} from '../../api';
import { encodeMessage } from './encode-message';
import { SWAGGER } from './swagger-message';

/** What clients ask for with "@" is answered under a name that is a valid media type. */
const V2_PROTOBUF = /^application\/com\.github\.proto-openapi\.spec\.v2[@.]v1\.0\+protobuf$/;
const V2_PROTOBUF_ANSWER = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';
/** OpenAPI v3 has a protobuf form too; who asks for it is given JSON, which all that ask for it read as well. */
const V3_PROTOBUF = /^application\/com\.github\.proto-openapi\.spec\.v3[@.]v1\.0\+protobuf$/;
const JSON_TYPE = /^(application|\*)\/(json|\*)$/;

/** A document named by its hash never changes: it may be kept for as long as HTTP can say. */
const FOR_EVER = { 'cache-control': 'public, immutable', expires: 'Thu, 31 Dec 2037 23:55:55 GMT' };

/** GET of /openapi/v2, /openapi/v3 and below (kube-openapi handler and handler3). */
export async function serveOpenApi(
  client: Client,
  request: Request,
  path: string,
  query: URLSearchParams,
): Promise<Response> {
  // The text is the same for everybody; whether somebody may read it is for their client to say.
  await client.raw(path);
  const [version, ...rest] = path.split('/').slice(2);
  const root = rest.join('/');
  if (version === 'v2' && root === '') return swagger(request);
  if (version !== 'v3') throw noSuchPath();
  if (root === '') return answer(request, openApiIndex(), {});
  const document = openApiV3(root);
  if (!document) throw noSuchPath();
  if (!accepted(request).some((type) => JSON_TYPE.test(type) || V3_PROTOBUF.test(type)))
    return notAcceptable();
  const hash = query.get('hash') ?? '';
  if (hash !== '' && hash !== document.hash) return moved(openApiUrl(root, document.hash));
  return answer(request, document, { vary: 'Accept', ...(hash === '' ? {} : FOR_EVER) });
}

function swagger(request: Request): Response {
  const type = accepted(request).find((each) => JSON_TYPE.test(each) || V2_PROTOBUF.test(each));
  if (type === undefined) return notAcceptable();
  const document = openApiV2();
  if (JSON_TYPE.test(type)) return answer(request, document, { vary: 'Accept' });
  return answer(
    request,
    document,
    { vary: 'Accept', 'content-type': V2_PROTOBUF_ANSWER },
    protobuf(document),
  );
}

/** Made once a process, like the document itself. */
let encoded: Uint8Array<ArrayBuffer> | undefined;

function protobuf({ json }: OpenApiDocument): Uint8Array<ArrayBuffer> {
  encoded ??= Uint8Array.from(encodeMessage(JSON.parse(json), SWAGGER));
  return encoded;
}

/** The media types of the Accept header, without their parameters; the order is the client's. */
function accepted(request: Request): readonly string[] {
  const header = request.headers.get('accept') ?? '';
  return (header === '' ? '*/*' : header).split(',').map((each) => each.split(';')[0]?.trim() ?? '');
}

function answer(
  request: Request,
  { json, hash }: OpenApiDocument,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array<ArrayBuffer> = json,
): Response {
  const etag = `"${hash}"`;
  const all = { 'content-type': 'application/json', etag, ...headers };
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((each) => each.trim());
  if (known.includes(etag) || known.includes('*')) return new Response(null, { status: 304, headers: all });
  return new Response(request.method === 'HEAD' ? null : body, { headers: all });
}

/** Relative to the path asked for, so that it holds below whatever prefix the API is mounted at. */
const moved = (url: string): Response =>
  new Response(null, { status: 301, headers: { location: url.slice(url.indexOf('?')), vary: 'Accept' } });

const notAcceptable = (): Response => new Response(null, { status: 406, headers: { vary: 'Accept' } });
