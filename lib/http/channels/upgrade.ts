import { badRequest, type Client, methodNotAllowed, type Status, StatusError } from '../../api';
import { type Query, readAll, readBool, readText } from '../request/parameters';
import type { Call } from '../verbs/call';
import { CHANNELS, type ChannelStreams, createChannelStreams, type StreamOptions } from './channel-streams';
import { forwardPorts, PORT_FORWARD, TUNNELLED } from './forward-ports';
import type { MessageSocket } from './message-socket';

/** What a request for an upgrade comes to: an answer like any other, or a protocol to go on with. */
export type Upgrade =
  | { readonly kind: 'refused'; readonly response: Response }
  | {
      readonly kind: 'accepted';
      /** What the connection becomes: a WebSocket, or SPDY/3.1 as it is. */
      readonly transport: 'websocket' | 'spdy';
      /** For the Sec-WebSocket-Protocol header, or X-Stream-Protocol-Version. */
      readonly protocol: string;
      /** Speaks on the socket until the process has ended or its client has gone. */
      serve(socket: MessageSocket): Promise<void>;
    };

/** What a server says that was asked in the ordinary way. */
export const UPGRADE_REQUIRED = 'Upgrade request required';

/** Newest first: only the first can end stdin and leave the rest open. */
const CHANNEL_PROTOCOLS: readonly string[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const NORMAL_CLOSURE = 1000;

/**
 * Hears a request for exec or attach. Whatever the API server itself has against it is thrown as a `StatusError`; what
 * the node has is told on the error channel once the line is up, as upstream's StreamTranslatorHandler does.
 */
export async function openConnection({
  client,
  request,
  route,
  query,
}: Pick<Call, 'client' | 'request' | 'route' | 'query'>): Promise<Upgrade> {
  const { namespace, name = '', subresource } = route;
  if (request.method !== 'GET' && request.method !== 'POST') throw methodNotAllowed();
  if (readAll(query, 'dryRun').length > 0) throw badRequest('dryRun is not supported');
  if (subresource === 'portforward') return openForward(client, request, namespace, name);
  if (subresource !== 'exec' && subresource !== 'attach') throw badRequest(UPGRADE_REQUIRED);
  const container = readText(query, 'container') ?? '';
  await client.connect(namespace, name, subresource, container);
  if (!isWebSocket(request)) throw badRequest(UPGRADE_REQUIRED);
  const protocol = chooseProtocol(request);
  // golang.org/x/net/websocket refuses an unknown subprotocol with nothing but the code.
  if (protocol === undefined) return { kind: 'refused', response: new Response(null, { status: 403 }) };
  const options = readStreamOptions(query);
  const command = readAll(query, 'command');
  return {
    kind: 'accepted',
    transport: 'websocket',
    protocol,
    serve: (socket) =>
      converse(socket, options, protocol === CHANNEL_PROTOCOLS[0], async ({ streams }) => {
        if (subresource === 'exec') {
          return exitStatus(await client.exec(namespace, name, { container, command }, streams));
        }
        await client.attach(namespace, name, { container }, streams);
        return SUCCESS;
      }),
  };
}

/** A request to be connected with a Pod's ports. */
async function openForward(
  client: Client,
  request: Request,
  namespace: string,
  name: string,
): Promise<Upgrade> {
  await client.connect(namespace, name, 'portforward', '');
  const serve = (socket: MessageSocket) => forwardPorts(socket, client, namespace, name);
  if (isWebSocket(request)) {
    const isOffered = offeredBy(request, 'sec-websocket-protocol').includes(TUNNELLED);
    if (!isOffered) return { kind: 'refused', response: new Response(null, { status: 403 }) };
    return { kind: 'accepted', transport: 'websocket', protocol: TUNNELLED, serve };
  }
  if (request.headers.get('upgrade')?.toLowerCase() !== 'spdy/3.1') throw badRequest(UPGRADE_REQUIRED);
  if (!offeredBy(request, 'x-stream-protocol-version').includes(PORT_FORWARD))
    throw badRequest(
      `unable to upgrade: unable to negotiate protocol: client supports [], server accepts [${PORT_FORWARD}]`,
    );
  return { kind: 'accepted', transport: 'spdy', protocol: PORT_FORWARD, serve };
}

const offeredBy = (request: Request, header: string): readonly string[] =>
  (request.headers.get(header) ?? '').split(',').map((each) => each.trim());

const isWebSocket = (request: Request): boolean =>
  request.headers.get('upgrade')?.toLowerCase() === 'websocket';

function chooseProtocol(request: Request): string | undefined {
  const offered = offeredBy(request, 'sec-websocket-protocol');
  return CHANNEL_PROTOCOLS.find((each) => offered.includes(each));
}

function readStreamOptions(query: Query): StreamOptions {
  const asks = (name: string) => readBool(query, name);
  return { stdin: asks('stdin'), stdout: asks('stdout'), stderr: asks('stderr'), tty: asks('tty') };
}

/** The kubelet's complaint, as it comes back through the API server. */
const NO_STREAMS = 'unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr';

async function converse(
  socket: MessageSocket,
  options: StreamOptions,
  hasClose: boolean,
  run: (channels: ChannelStreams) => Promise<ChannelStatus>,
): Promise<void> {
  const channels = createChannelStreams(socket, options, hasClose);
  const { stdin, stdout, stderr } = options;
  // An empty message on the lowest channel tells the client that the line is up.
  const first = stdout ? CHANNELS.stdout : stderr ? CHANNELS.stderr : CHANNELS.error;
  await channels.send(first, new Uint8Array());
  const status = stdin || stdout || stderr ? await outcome(() => run(channels)) : internal(NO_STREAMS);
  await channels.send(CHANNELS.error, new TextEncoder().encode(JSON.stringify(status)));
  socket.close(NORMAL_CLOSURE, '');
}

type ChannelStatus = Omit<Status, 'kind' | 'apiVersion' | 'code'> & Partial<Status>;

const SUCCESS: ChannelStatus = { metadata: {}, status: 'Success' };

async function outcome(run: () => Promise<ChannelStatus>): Promise<ChannelStatus> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StatusError) return withoutKind(error.status);
    throw error;
  }
}

/** Statuses on the error channel carry no kind. */
const withoutKind = ({ kind: _kind, apiVersion: _version, ...rest }: Status): ChannelStatus => rest;

function internal(cause: string): ChannelStatus {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${cause}`,
    reason: 'InternalError',
    details: { causes: [{ message: cause }] },
    code: 500,
  };
}

/** codeExitToStatusError: how a process ended. */
function exitStatus(code: number): ChannelStatus {
  if (code === 0) return SUCCESS;
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: command terminated with exit code ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  };
}
