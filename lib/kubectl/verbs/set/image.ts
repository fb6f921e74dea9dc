import type { Container, PodSpec } from '../../../api';
import { bool, list, text } from '../../flags';
import { setImageManual } from '../../manual';
import { findTargets, loadTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { AggregateFailure, asFailure, fail, openSession, throwAll } from '../../session';
import { parsePairs, splitPairs } from '../pairs';
import { noTemplate, podSpecOf, sendChange, withPodSpec } from '../template-change';

/** `kubectl set image`. */
export const setImage: Command<ParsedArgs> = {
  ...setImageManual,
  options: (args) => args,
  async run(args, env) {
    const [resources, words] = splitPairs(args.positional, 'image');
    const { set } = parsePairs(words, 'image', false);
    const session = openSession(args, env);
    const targets = await findTargets(session, {
      words: resources,
      all: bool(args, 'all'),
      allowEmptySelector: bool(args, 'all'),
    });
    const loaded = await loadTargets(session, targets, { continueOnError: true, latest: true });
    throwAll(loaded.errors);
    const wrong: Error[] = [];
    if (bool(args, 'all') && text(args, 'selector') !== '') {
      wrong.push(fail('cannot set --all and --selector at the same time'));
    }
    if (resources.length === 0 && list(args, 'filename').length === 0) {
      wrong.push(fail('one or more resources must be specified as <resource> <name> or <resource>/<name>'));
    }
    if (set.size === 0) wrong.push(fail('at least one image update is required'));
    if (set.size > 1 && set.has('*')) {
      wrong.push(
        fail(
          'all containers are already specified by *, but saw more than one container_name=container_image pairs',
        ),
      );
    }
    throwAll(wrong);
    const errors: Error[] = [];
    for (const info of loaded.infos) {
      const spec = podSpecOf(info.object);
      if (!spec) {
        errors.push(fail(noTemplate(session, info)));
        continue;
      }
      for (const name of set.keys())
        if (!hasContainer(spec, name)) errors.push(fail(`error: unable to find container named "${name}"`));
      const next = withPodSpec(info.object, withImages(spec, set));
      try {
        await sendChange(session, info, next, {
          operation: 'image updated',
          manager: 'kubectl-set',
          failure: 'failed to patch image update to pod template: ',
        });
      } catch (error) {
        errors.push(asFailure(error));
      }
    }
    if (errors.length > 0) throw new AggregateFailure(errors);
    return 0;
  },
};

const hasContainer = (spec: PodSpec, name: string) =>
  [...spec.containers, ...(spec.initContainers ?? [])].some((each) => name === '*' || each.name === name);

function withImages(spec: PodSpec, images: ReadonlyMap<string, string>): PodSpec {
  const change = (containers: readonly Container[]) =>
    containers.map((each) => {
      const image = images.get(each.name) ?? images.get('*');
      return image === undefined ? each : { ...each, image };
    });
  return {
    ...spec,
    containers: change(spec.containers),
    ...(spec.initContainers ? { initContainers: change(spec.initContainers) } : {}),
  };
}
