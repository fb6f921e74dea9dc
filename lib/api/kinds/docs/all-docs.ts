import type { Docs } from './docs';
import { metaDocs } from './meta';

/** Every description, by type. */
export const allDocs: Docs = {
  ...metaDocs,
};
