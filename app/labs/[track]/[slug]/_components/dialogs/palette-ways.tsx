'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { chooseTheme } from '../../../../../_client/choose-theme';
import type { LabPage } from '../lab-page';
import { paletteEntry } from './palette-entry';

const LIGHTS = [
  ['day', 'By day'],
  ['night', 'By night'],
  ['system', 'As the system wishes'],
] as const;

const PLACES = [
  ['/labs', 'All labs'],
  ['/chapters', 'All chapters'],
  ['/progress', 'Your progress'],
  ['/glossary', 'Glossary'],
  ['/', 'Front page'],
] as const;

/** The ways out of the lab, and its light. */
export function PaletteWays({ page, close }: { readonly page: LabPage; readonly close: () => void }) {
  const router = useRouter();
  const way = (href: string, label: string) =>
    paletteEntry(close, `leave for ${label}`, label, () => router.push(href));
  return (
    <>
      <Command.Group heading="Leave for">
        {page.chapterHref === undefined ? null : way(page.chapterHref, 'This lab’s chapter')}
        {page.assigned === undefined ? null : way(`/cohorts/${page.assigned.cohortId}`, page.assigned.cohort)}
        {page.next === undefined ? null : way(page.next.href, `Next lab: ${page.next.title}`)}
        {PLACES.map(([href, label]) => way(href, label))}
      </Command.Group>
      <Command.Group heading="Light">
        {LIGHTS.map(([theme, label]) =>
          paletteEntry(close, `light theme ${label}`, label, () => chooseTheme(theme)),
        )}
      </Command.Group>
    </>
  );
}
