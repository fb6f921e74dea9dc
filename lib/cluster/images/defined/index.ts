import type { ImageDefinition } from '../../../api';
import { type CatalogueImage, defineImage } from '../define-image';
import { parseReference, shortName } from '../reference';
import { ALPINE_TOOLS, BUSYBOX_TOOLS, DEBIAN_TOOLS } from '../tools';
import { definedProgram } from './program';
import type { DefinedState } from './state';

const BASES: Readonly<Record<string, readonly string[]>> = {
  debian: DEBIAN_TOOLS,
  alpine: ALPINE_TOOLS,
  busybox: BUSYBOX_TOOLS,
};

/** The image that a definition tells of, and what its program is under tags of which `ofTag` knows more. */
export function definedImage(
  definition: ImageDefinition,
  ofTag?: (tag: string) => ImageDefinition | undefined,
): CatalogueImage {
  const { image, tags, user, tools } = definition;
  const reference = parseReference(image);
  const known = typeof reference !== 'string';
  return defineImage<DefinedState>({
    names: [known ? shortName(reference) : image],
    registries: [known ? reference.registry : 'docker.io'],
    ...(tags === undefined ? {} : { tags }),
    ...(user === undefined ? {} : { user }),
    entrypoint: definition.entrypoint,
    cmd: definition.cmd,
    env: definition.env,
    files: definition.files,
    sizeBytes: definition.sizeBytes,
    tools: [...new Set(tools.flatMap((tool) => BASES[tool] ?? [tool]))],
    program: definedProgram(definition),
    ...(ofTag === undefined
      ? {}
      : {
          variant(tag) {
            const other = ofTag(tag);
            return other && { program: definedProgram(other) };
          },
        }),
  });
}
