import type { ImageDefinition } from '../../api';
import { sha256Hex } from '../../base';
import type { Image } from '../seams';
import { anyImage, CATALOGUE } from './catalogue';
import type { CatalogueImage } from './define-image';
import { definedImage } from './defined';
import { invalidName, type PullFailure, repositoryDenied, tagNotFound } from './pull-errors';
import { canonicalReference, parseReference, type Reference, shortName } from './reference';

/** 'any' gives an image of no catalogue a program that listens on its declared ports. */
export type ImageMode = 'catalogue' | 'any';

/** An image that can be pulled. */
export interface FoundImage {
  readonly image: Image;
  /** "docker.io/library/nginx:latest": what a container's status shows. */
  readonly reference: string;
  /** "docker.io/library/nginx@sha256:…": what a container's status shows as imageID. */
  readonly imageID: string;
}

/** Words in a tag or a name that stand for a mistake in every mode. */
const MISTAKES = /nosuch|typo/;

/** Images of a lab's own, and the references resolved beside them: a pure function's memory, the same for every cluster. */
interface Shelf {
  readonly own: readonly CatalogueImage[];
  readonly resolved: Map<string, FoundImage | PullFailure>;
}

const NO_OWN: readonly ImageDefinition[] = [];
const shelves = new WeakMap<readonly ImageDefinition[], Shelf>();
/** References remembered before the memory is emptied. */
const MAX_RESOLVED = 1000;

/** Resolves a reference as a pull would, or says why it fails; images of a lab's own come before the catalogue's. */
export function findImage(
  text: string,
  mode: ImageMode,
  definitions: readonly ImageDefinition[] = NO_OWN,
): FoundImage | PullFailure {
  const shelf = shelfOf(definitions);
  const key = `${mode} ${text}`;
  const known = shelf.resolved.get(key);
  if (known !== undefined) return known;
  if (shelf.resolved.size >= MAX_RESOLVED) shelf.resolved.clear();
  const result = resolve(text, mode, shelf.own);
  shelf.resolved.set(key, result);
  return result;
}

function shelfOf(definitions: readonly ImageDefinition[]): Shelf {
  const known = shelves.get(definitions);
  if (known !== undefined) return known;
  const made = { own: definitions.map((each) => definedImage(each)), resolved: new Map() };
  shelves.set(definitions, made);
  return made;
}

function resolve(text: string, mode: ImageMode, own: readonly CatalogueImage[]): FoundImage | PullFailure {
  const reference = parseReference(text);
  if (typeof reference === 'string') return invalidName(text, reference);
  const defined = own.filter((each) => isNamed(each, reference));
  if (defined.length > 0) {
    const image = defined.find((each) => hasTag(each, reference));
    return image === undefined ? tagNotFound(reference) : found(image, reference);
  }
  const listed = CATALOGUE.find((each) => isNamed(each, reference));
  const known = mode === 'any' && listed?.onlyCatalogue ? undefined : listed;
  if (known === undefined)
    return mode === 'any' && !MISTAKES.test(text)
      ? found(anyImage(shortName(reference)), reference)
      : repositoryDenied(reference);
  if (!hasTag(known, reference)) return tagNotFound(reference);
  const tagged = known.tagged(reference.tag ?? 'latest');
  return found(mode === 'any' ? forgiving(tagged) : tagged, reference);
}

/** In mode 'any' an image that only wants more configuration stays up, like those of no catalogue. */
function forgiving(image: CatalogueImage): CatalogueImage {
  if (!image.wantsConfiguration) return image;
  return {
    ...image,
    start(env) {
      const { exitCode: _, ...turn } = image.start(env);
      return turn;
    },
  };
}

function isNamed({ names, registries }: CatalogueImage, reference: Reference): boolean {
  const name = shortName(reference);
  return (
    registries.includes(reference.registry) &&
    (names.includes(name) || names.includes(name.replace(/^docker\/library\//, '')))
  );
}

/** Tags follow versions ("1", "1.27", "8.0-alpine") or channels; words that no publisher uses do not exist. */
const USUAL_TAG =
  /^(v?\d[\w.-]*|latest|stable|mainline|alpine|perl|slim|bookworm|bullseye|trixie|noble|jammy|musl|glibc|uclibc|edge|lts|innovation|unstable|debug|nonroot)([-.][\w.-]+)?$/;

function hasTag(image: CatalogueImage, { tag }: Reference): boolean {
  if (tag === undefined) return true;
  if (MISTAKES.test(tag)) return false;
  return image.tags === undefined ? USUAL_TAG.test(tag) : image.tags.includes(tag);
}

function found(image: Image, reference: Reference): FoundImage {
  const name = canonicalReference(reference);
  const digest = reference.digest ?? `sha256:${sha256Hex(name)}`;
  const imageID = `${reference.registry}/${reference.repository}@${digest}`;
  return { image, reference: name, imageID };
}
