import { expect, it } from 'vitest';
import { titleOf } from './title-of';

it.each([
  ['read-endpoints', 'Read endpoints'],
  ['call-the-api', 'Call the API'],
  ['cluster-dns', 'Cluster DNS'],
  ['skip-a-hop', 'Skip a hop'],
])('%s reads %s', (name, title) => expect(titleOf(name)).toBe(title));
