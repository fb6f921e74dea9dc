import type { Client, ResourceRef } from '../../api';
import {
  type DocumentV2,
  type DocumentV3,
  explainPlainly,
  explainPlainlyV2,
  gvrText,
  readGroupVersion,
  readRequest,
} from '../explain';
import { bool, text } from '../flags';
import { explainManual } from '../manual';
import { otherMeanings } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession } from '../session';

/** `kubectl explain`: what the API's OpenAPI documents say of a kind or a field. */
export const explain: Command<ParsedArgs> = {
  ...explainManual,
  options(args) {
    if (args.positional.length === 0) {
      return fail(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    return args.positional.length > 1 ? fail('We accept only this format: explain RESOURCE\n') : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const apiVersion = text(args, 'api-version');
    const format = args.given.has('output') ? text(args, 'output') : 'plaintext';
    const recursive = bool(args, 'recursive');
    const known = await session.resources(2);
    const [word = ''] = args.positional;
    await session.warn(otherMeanings(known, word.split('.')[0] ?? ''));
    const { resource, path } = readRequest(known, word, apiVersion);
    const ref = apiVersion === '' ? resource : { ...resource, ...readGroupVersion(apiVersion) };
    if (format === 'plaintext-openapiv2') {
      const document = await read<DocumentV2>(session.client, '/openapi/v2');
      await session.out(explainPlainlyV2(document, ref, path, recursive));
      return 0;
    }
    const document = await documentOf(session.client, ref);
    if (format !== 'plaintext') throw fail(`unrecognized format: ${format}`);
    for (const part of explainPlainly(document, ref, path, recursive)) await session.out(part);
    return 0;
  },
};

interface Index {
  readonly paths: Readonly<Record<string, { readonly serverRelativeURL: string }>>;
}

async function documentOf(client: Client, ref: ResourceRef): Promise<DocumentV3> {
  const { paths } = await read<Index>(client, '/openapi/v3');
  const root = ref.group === '' ? `api/${ref.version}` : `apis/${ref.group}/${ref.version}`;
  const found = Object.hasOwn(paths, root) ? paths[root] : undefined;
  if (!found) throw fail(`couldn't find resource for "${gvrText(ref)}"`);
  return read<DocumentV3>(client, found.serverRelativeURL);
}

const read = async <T>(client: Client, path: string): Promise<T> => JSON.parse(await client.raw(path)) as T;
