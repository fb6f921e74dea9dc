import { expect, test } from 'vitest';
import type { LabCard } from '../../../lib/server';
import { catalogueEntry } from './catalogue-entry';
import { fitsSearch } from './fits-search';

const lab: LabCard = {
  track: 'services',
  slug: 'clusterip',
  title: 'One address for three Pods',
  summary: 'A Service in front of nginx.',
  minutes: 25,
  tasks: 3,
  skills: ['stable-address'],
  prerequisites: [],
  aims: ['Read the endpoints of a Service'],
};

test.each([
  ['', true],
  ['pods', true],
  ['ADDRESS three', true],
  ['  stable   address ', true],
  ['endpoints', true],
  ['nginx redis', false],
])('a search for %j finds it: %s', (typed, found) => {
  expect(fitsSearch(catalogueEntry(lab, [], undefined).text, typed)).toBe(found);
});

test('it knows how far the learner is, and whether it is next', () => {
  const own = {
    track: 'services',
    slug: 'clusterip',
    status: 'started',
    passedAt: undefined,
    touchedAt: '',
  } as const;
  expect(catalogueEntry(lab, [own], 'services/clusterip')).toMatchObject({ status: 'started', next: true });
  expect(catalogueEntry(lab, [], 'services/other')).toMatchObject({ status: 'open', next: false });
});
