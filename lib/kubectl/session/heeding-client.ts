import type { Client, ResourceRef } from '../../api';

type Warn = (warnings: readonly string[]) => Promise<void>;

/** The client, but what its answers to reads warn of is told as they come; answers to writes carry their own. */
export function heedingClient(client: Client, warn: Warn): Client {
  const told = async <T>(ref: ResourceRef, answer: Promise<T>): Promise<T> => {
    const given = await answer;
    await warn(await client.warningsOf(ref));
    return given;
  };
  return {
    ...client,
    get: (ref, ...args) => told(ref, client.get(ref, ...args)),
    list: (ref, ...args) => told(ref, client.list(ref, ...args)),
    table: (ref, ...args) => told(ref, client.table(ref, ...args)),
    deleteCollection: (ref, ...args) => told(ref, client.deleteCollection(ref, ...args)),
    watch: (ref, ...args) => heed(client, ref, warn, client.watch(ref, ...args)),
    watchTable: (ref, ...args) => heed(client, ref, warn, client.watchTable(ref, ...args)),
  };
}

async function* heed<T>(
  client: Client,
  ref: ResourceRef,
  warn: Warn,
  events: AsyncIterable<T>,
): AsyncGenerator<T> {
  let isFirst = true;
  for await (const event of events) {
    if (isFirst) await warn(await client.warningsOf(ref));
    isFirst = false;
    yield event;
  }
}
