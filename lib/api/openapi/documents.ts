import { sha256Hex } from '../../base';
import { documentV2 } from './document-v2';
import { catalogueV3, documentV3 } from './document-v3';
import { servedParts } from './served';

/** A document as it goes over the wire, and the hash of it that is its ETag. */
export interface OpenApiDocument {
  readonly json: string;
  readonly hash: string;
}

/** Made once a process: they are the same for every cluster. */
let v3: { readonly index: OpenApiDocument; readonly parts: ReadonlyMap<string, OpenApiDocument> } | undefined;
let v2: OpenApiDocument | undefined;

const seal = (document: object): OpenApiDocument => {
  const json = JSON.stringify(document);
  return { json, hash: sha256Hex(json).toUpperCase() };
};

function allV3() {
  if (v3) return v3;
  const catalogue = catalogueV3();
  const parts = new Map(servedParts().map((part) => [part.root, seal(documentV3(part, catalogue))]));
  const paths = [...parts].map(([root, { hash }]) => [root, { serverRelativeURL: openApiUrl(root, hash) }]);
  v3 = {
    parts,
    index: seal({ paths: Object.fromEntries(paths.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))) }),
  };
  return v3;
}

/** Where a document of a hash is, from the server's root. */
export const openApiUrl = (root: string, hash: string): string => `/openapi/v3/${root}?hash=${hash}`;

/** What /openapi/v3 says: where the document of each part is. */
export function openApiIndex(): OpenApiDocument {
  return allV3().index;
}

/** The OpenAPI v3 document at a root such as "apis/apps/v1"; undefined when nothing is served there. */
export function openApiV3(root: string): OpenApiDocument | undefined {
  return allV3().parts.get(root);
}

/** The OpenAPI v2 document of everything. */
export function openApiV2(): OpenApiDocument {
  v2 ??= seal(documentV2());
  return v2;
}
