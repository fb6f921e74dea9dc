import { printYaml } from '../../base';
import { text } from '../flags';
import { buildKustomization } from '../kustomize';
import { kustomizeManual } from '../manual';
import type { Command, ParsedArgs } from '../seams';
import { absolutePath, fail } from '../session';

/** `kubectl kustomize`. */
export const kustomize: Command<ParsedArgs> = {
  ...kustomizeManual,
  options: (args) => (args.positional.length > 1 ? fail('specify one path to a kustomization file') : args),
  async run(args, env) {
    const warnings: string[] = [];
    const place = { files: env.files, folder: env.cwd, warn: (words: string) => void warnings.push(words) };
    const built = () => buildKustomization(place, args.positional[0] ?? '.');
    try {
      const page = built()
        .map((object) => printYaml(object))
        .join('---\n');
      await env.streams.stderr.write(warnings.map((each) => `${each}\n`).join(''));
      const output = text(args, 'output');
      if (output === '') await env.streams.stdout.write(page);
      else env.files.write(absolutePath(output, env.cwd), page);
    } catch (error) {
      if (warnings.length > 0) await env.streams.stderr.write(warnings.map((each) => `${each}\n`).join(''));
      throw error;
    }
    return 0;
  },
};
