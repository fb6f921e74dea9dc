import type { ApiResource } from '../../../api';
import { alignTabs, byText, goJson } from '../../../base';
import { bool, list, text } from '../../flags';
import { apiResourcesManual, apiVersionsManual } from '../../manual';
import { objectPrinter, TABLE_TABS } from '../../printers';
import { apiVersionOf, qualifiedName } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { DiscoveryFailure, ExitError, fail, openSession, type Session, usageFailure } from '../../session';

/** `kubectl api-resources`. */
export const apiResources: Command<ParsedArgs> = {
  ...apiResourcesManual,
  options(args) {
    if (args.positional.length > 0) {
      return usageFailure('api-resources', `unexpected arguments: [${args.positional.join(' ')}]`);
    }
    const output = text(args, 'output');
    if (!['', 'wide', 'name', 'json', 'yaml'].includes(output))
      return fail(
        `unable to match a printer suitable for the output format "${output}", allowed formats are: json,kyaml,name,wide,yaml`,
      );
    const sort = text(args, 'sort-by');
    return sort === '' || sort === 'name' || sort === 'kind'
      ? args
      : fail('--sort-by accepts only name or kind');
  },
  async run(args, env) {
    const session = openSession(args, env);
    const wanted = preferred(await session.resources(1)).filter((each) => selected(args, each));
    const rows = sorted(wanted, text(args, 'sort-by'));
    if (text(args, 'output') === 'name') {
      for (const each of rows) await session.out(`${qualifiedName(each)}\n`);
      return 0;
    }
    if (text(args, 'output') === 'json') {
      await session.out(`${goJson(resourceList(rows), '    ', false)}\n`);
      return 0;
    }
    if (text(args, 'output') === 'yaml') {
      await session.out(objectPrinter(session)(resourceList(rows)));
      return 0;
    }
    const wide = text(args, 'output') === 'wide';
    const head = [
      'NAME',
      'SHORTNAMES',
      'APIVERSION',
      'NAMESPACED',
      'KIND',
      ...(wide ? ['VERBS', 'CATEGORIES'] : []),
    ];
    const lines = rows.map((each) => [
      each.resource,
      each.shortNames.join(','),
      apiVersionOf(each),
      String(each.namespaced),
      each.kind,
      ...(wide ? [each.verbs.join(','), each.categories.join(',')] : []),
    ]);
    const all = bool(args, 'no-headers') ? lines : [head, ...lines];
    await session.out(alignTabs(all.map((line) => `${line.join('\t')}\n`).join(''), TABLE_TABS));
    return 0;
  },
};

/** What `-o json` and `-o yaml` show. */
function resourceList(rows: readonly ApiResource[]): object {
  const resources = rows.map((each) => ({
    name: each.resource,
    singularName: each.singular,
    namespaced: each.namespaced,
    ...(each.group === '' ? {} : { group: each.group }),
    version: each.version,
    kind: each.kind,
    verbs: each.verbs,
    ...(each.shortNames.length === 0 ? {} : { shortNames: each.shortNames }),
    ...(each.categories.length === 0 ? {} : { categories: each.categories }),
  }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources };
}

/** Of a resource that is served in several versions only the first. */
function preferred(all: readonly ApiResource[]): readonly ApiResource[] {
  const first = new Map(all.toReversed().map((each) => [`${each.group}/${each.resource}`, each]));
  return all.filter((each) => first.get(`${each.group}/${each.resource}`) === each);
}

function selected(args: ParsedArgs, each: ApiResource): boolean {
  if (args.given.has('namespaced') && bool(args, 'namespaced') !== each.namespaced) return false;
  if (args.given.has('api-group') && text(args, 'api-group') !== each.group) return false;
  if (!list(args, 'verbs').every((verb) => each.verbs.includes(verb))) return false;
  return list(args, 'categories').every((category) => each.categories.includes(category));
}

function sorted(all: readonly ApiResource[], by: string): readonly ApiResource[] {
  return all.toSorted((a, b) => {
    if (by === 'kind') return byText(a.kind, b.kind);
    if (by === 'name') return byText(a.resource, b.resource);
    return byText(a.group, b.group) || byText(a.resource, b.resource);
  });
}

async function servedVersions(session: Session): Promise<readonly ApiResource[]> {
  try {
    return await session.client.resources();
  } catch (error) {
    if (!(error instanceof DiscoveryFailure)) throw error;
    const [line = ''] = error.message.split('\n');
    throw new ExitError(1, `${line}\nerror: couldn't get available api versions from server: ${error.found}`);
  }
}

/** `kubectl api-versions`. */
export const apiVersions: Command<ParsedArgs> = {
  ...apiVersionsManual,
  options: (args) =>
    args.positional.length > 0
      ? usageFailure('api-versions', `unexpected arguments: [${args.positional.join(' ')}]`)
      : args,
  async run(args, env) {
    const session = openSession(args, env);
    const versions = new Set((await servedVersions(session)).map(apiVersionOf));
    for (const version of [...versions].sort()) await session.out(`${version}\n`);
    return 0;
  },
};
