import { notAcceptable } from '../../api';
import { OBJECT_TYPES } from '../request/media-type';

/** One clause of an Accept header (goautoneg.Accept). */
interface Clause {
  readonly type: string;
  readonly subtype: string;
  readonly quality: number;
  readonly parameters: ReadonlyMap<string, string>;
}

/** What an answer shall be made into: `as=Table;g=meta.k8s.io;v=v1`. */
export interface Target {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
}

/** How an answer is written. */
export interface Form {
  /** Kubernetes' protobuf is answered in JSON, which all that read it read too. */
  readonly media: 'json' | 'yaml';
  readonly pretty: boolean;
}

/** The form that a client and an endpoint agree on. */
export interface Agreed extends Form {
  readonly target: Target | undefined;
}

/** Which conversions an endpoint knows, by the media type they would be written in. */
export type Allows = (target: Target | undefined, mediaType: string) => boolean;

/** Objects as they are, and nothing else. */
export const AS_IT_IS: Allows = (target) => target === undefined;

/** The endpoints of resources: tables in text, metadata alone in anything. */
export const RESOURCE_FORMS: Allows = (target, mediaType) => {
  if (target === undefined) return true;
  if (target.group !== 'meta.k8s.io' || (target.version !== 'v1' && target.version !== 'v1beta1'))
    return false;
  if (target.kind === 'Table') return mediaType !== PROTOBUF;
  return target.kind === 'PartialObjectMetadata' || target.kind === 'PartialObjectMetadataList';
};

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
/** YAML is no format of streams. */
const STREAM_TYPES = OBJECT_TYPES.filter((type) => type !== 'application/yaml');

/** Finds the form to answer in, or refuses with 406 (negotiation.NegotiateOutputMediaType). */
export function negotiate(request: Request, allows: Allows, isStream = false): Agreed {
  const agreed = agree(request, allows);
  if (agreed && !(isStream && agreed.media === 'yaml')) return agreed;
  const types = isStream ? STREAM_TYPES.map((type) => `${type};stream=watch`) : OBJECT_TYPES;
  throw notAcceptable(`only the following media types are accepted: ${types.join(', ')}`);
}

/** The form for an answer that has to be given in any case: a refusal. */
export const formOf = (request: Request): Form =>
  agree(request, () => true) ?? { media: 'json', pretty: isForHumans(request) };

function agree(request: Request, allows: Allows): Agreed | undefined {
  const header = request.headers.get('accept') ?? '';
  const pretty = isForHumans(request);
  if (header === '') return { media: 'json', pretty, target: undefined };
  for (const { type, subtype, parameters } of parseAccept(header)) {
    for (const mediaType of OBJECT_TYPES) {
      const [, ownSubtype] = mediaType.split('/');
      const matches =
        (type === '*' && subtype === '*') ||
        (type === 'application' && (subtype === ownSubtype || subtype === '*'));
      if (!matches || !understood(parameters, mediaType)) continue;
      const target = targetOf(parameters);
      if (!allows(target, mediaType)) continue;
      return {
        media: mediaType === 'application/yaml' ? 'yaml' : 'json',
        pretty: pretty || parameters.get('pretty') === '1',
        target,
      };
    }
  }
  return undefined;
}

/** Parameters that ask for what is not there make their clause worthless; unknown ones say nothing. */
function understood(parameters: ReadonlyMap<string, string>, mediaType: string): boolean {
  const stream = parameters.get('stream') ?? '';
  const serverVersion = parameters.get('sv') ?? '';
  return (
    (stream === '' || (stream === 'watch' && mediaType !== 'application/yaml')) &&
    (serverVersion === '' || serverVersion === 'v1')
  );
}

function targetOf(parameters: ReadonlyMap<string, string>): Target | undefined {
  const kind = parameters.get('as');
  const group = parameters.get('g');
  const version = parameters.get('v');
  if (kind === undefined && group === undefined && version === undefined) return undefined;
  return { kind: kind ?? '', group: group ?? '', version: version ?? '' };
}

/** goautoneg.ParseAccept: best first; of equals those that say more. */
export function parseAccept(header: string): readonly Clause[] {
  const clauses = header.split(',').flatMap((part): readonly Clause[] => {
    const [range = '', ...parameters] = part.trim().split(';');
    const [type = '', subtype, ...more] = range.trim().split('/');
    if (more.length > 0 || (subtype === undefined && type !== '*')) return [];
    const read = parameters.flatMap((each): readonly (readonly [string, string])[] => {
      const [name = '', value, ...rest] = each.split('=');
      return value === undefined || value === '' || rest.length > 0 ? [] : [[name.trim(), value.trim()]];
    });
    const quality = read.findLast(([name]) => name === 'q')?.[1];
    return [
      {
        type: type.trim(),
        subtype: (subtype ?? '*').trim(),
        quality: quality === undefined ? 1 : Number(quality) || 0,
        parameters: new Map(read.filter(([name]) => name !== 'q')),
      },
    ];
  });
  const wildness = ({ type, subtype }: Clause) => (type === '*' ? 2 : subtype === '*' ? 1 : 0);
  return clauses.sort((a, b) => b.quality - a.quality || wildness(a) - wildness(b));
}

/** Asked to be readable, or asked by a tool that shows answers as they are. */
function isForHumans(request: Request): boolean {
  const asked = request.url.includes('pretty=')
    ? (new URL(request.url).searchParams.get('pretty') ?? '')
    : '';
  if (asked !== '') return /^(1|t|T|true|True|TRUE)$/.test(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(request.headers.get('user-agent') ?? '');
}
