import type { IncomingMessage } from 'node:http';
import { expect, it } from 'vitest';
import type { People } from '../accounts';
import { knownWithinRequests } from './known-person';
import { inRequest } from './request-context';

const asked = (method: string) => ({ method }) as IncomingMessage;

/** People whose every look is noted. */
function noting(): { readonly looks: readonly (string | undefined)[]; readonly people: People } {
  const looks: (string | undefined)[] = [];
  const identity = { person: undefined, session: undefined, cookies: [] };
  const people: People = {
    async identify(cookies) {
      looks.push(cookies);
      return identity;
    },
    find: async (cookies) => (await people.identify(cookies)).person,
    createGuest: async () => ({ guest: { id: 'g', isGuest: true }, token: 't' }),
  };
  return { looks, people };
}

it('[V36] whoever sent a request that only reads is looked up once, and again by other cookies', async () => {
  const { looks, people } = noting();
  const known = knownWithinRequests(people);
  await inRequest(asked('GET'), async () => {
    await known.identify('a');
    await Promise.all([known.find('a'), known.find('a')]);
    await known.find('b');
  });
  expect(looks).toEqual(['a', 'b']);
  await inRequest(asked('GET'), () => known.find('b'));
  expect(looks).toEqual(['a', 'b', 'b']);
});

it('[V36] while something is being sent, and where no request asks, each look is a look', async () => {
  const { looks, people } = noting();
  const known = knownWithinRequests(people);
  await inRequest(asked('POST'), async () => {
    await known.identify('a');
    await known.find('a');
  });
  await known.find('a');
  expect(looks).toEqual(['a', 'a', 'a']);
});
