import { type ListOptions, type ResourceRoute, readRoute, type WriteOptions } from '../../api';

/** What a path with its query asks about. */
export interface Aimed extends ResourceRoute {
  readonly query: {
    readonly list: ListOptions;
    readonly watch: boolean;
    readonly write: WriteOptions;
  };
}

/** Reads a request's path; undefined when it is no resource's. */
export function readTarget(url: string): Aimed | undefined {
  const [path = '', search = ''] = url.split('?');
  const route = readRoute(decoded(path));
  return route && { ...route, query: readQuery(search) };
}

/** What does not decode stays as it is, and is found nowhere. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

function readQuery(search: string): Aimed['query'] {
  const pairs = new Map(
    search
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [key = '', ...value] = pair.split('=');
        return [decoded(key), decoded(value.join('='))] as const;
      }),
  );
  const limit = pairs.get('limit');
  const manager = pairs.get('fieldManager');
  const validation = pairs.get('fieldValidation');
  return {
    list: {
      labelSelector: pairs.get('labelSelector'),
      fieldSelector: pairs.get('fieldSelector'),
      limit: limit === undefined ? undefined : Number(limit),
      continue: pairs.get('continue'),
      resourceVersion: pairs.get('resourceVersion'),
    },
    watch: pairs.has('watch') && !['0', 'false'].includes(pairs.get('watch') ?? ''),
    write: {
      ...(pairs.get('dryRun') === 'All' ? { dryRun: true } : {}),
      ...(manager ? { fieldManager: manager } : {}),
      ...(pairs.get('force') === 'true' ? { force: true } : {}),
      ...(validation === 'Strict' || validation === 'Warn' || validation === 'Ignore'
        ? { fieldValidation: validation }
        : {}),
    },
  };
}
