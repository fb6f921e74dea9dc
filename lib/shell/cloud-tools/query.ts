import { search } from '@jmespath-community/jmespath';
import type { Json } from '../../api';
import { invalid } from './complaint';

/** What a JMESPath expression finds; one that makes no sense is a complaint. */
export function queried(value: Json, expression: string): Json {
  try {
    // The command line's own JMESPath takes `running` for a text as well as `"running"`.
    const found: unknown = search(structuredJson(value), expression, { enable_legacy_literals: true });
    return (found ?? null) as Json;
  } catch (error) {
    if (error instanceof Error) throw invalid(`Bad value for --query ${expression}: ${error.message}`);
    throw error;
  }
}

type Searched = Parameters<typeof search>[0];

/** JSON as the package's types have it: mutable, though it changes nothing. */
function structuredJson(value: Json): Searched {
  return value as unknown as Searched;
}
