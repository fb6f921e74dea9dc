import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import {
  AppError,
  catalogue,
  openAssigned,
  openFork,
  openLab,
  readChapters,
  readCourseView,
  SANDBOX_TRACK,
} from '../../../../lib/server';
import { readTheme, THEME_COOKIE } from '../../../_ui/theme';
import { toLabPage } from './_components/lab-page';
import { LabWorkspace } from './_components/lab-workspace';
import { PANES_COOKIE, readPanes } from './_components/pane-layouts';

interface Props {
  readonly params: Promise<{ readonly track: string; readonly slug: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** Title and summary of the lab. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { track, slug } = await params;
  if (track === SANDBOX_TRACK) return { title: 'Sandbox' };
  const card = (await catalogue()).find((lab) => lab.track === track && lab.slug === slug);
  return card === undefined ? {} : { title: card.title, description: card.summary };
}

async function openOrNotFound(
  track: string,
  slug: string,
  { assignment, workspace }: Awaited<Props['searchParams']>,
) {
  try {
    if (typeof workspace === 'string') return await openFork(workspace);
    return typeof assignment === 'string' ? await openAssigned(assignment) : await openLab(track, slug);
  } catch (error) {
    if (error instanceof AppError && ['not-found', 'forbidden'].includes(error.code)) notFound();
    throw error;
  }
}

/** The lab that follows in the course. */
async function labAfter(lab: string) {
  const order = (await readCourseView()).chapters.flatMap(({ labs }) => labs);
  const following = order[order.indexOf(lab) + 1];
  if (!order.includes(lab) || following === undefined) return undefined;
  const card = (await catalogue()).find(({ track, slug }) => `${track}/${slug}` === following);
  return card && { title: card.title, href: `/labs/${following}` };
}

export default async function LabRoute({ params, searchParams }: Props) {
  const { track, slug } = await params;
  const place = await openOrNotFound(track, slug, await searchParams);
  const chapter = (await readChapters()).find(({ labs }) => labs.includes(`${track}/${slug}`));
  const next = place.assigned === undefined ? await labAfter(`${track}/${slug}`) : undefined;
  const jar = await cookies();
  return (
    <LabWorkspace
      page={toLabPage(place, chapter && `/chapters/${chapter.slug}`, next)}
      panes={readPanes(jar.get(PANES_COOKIE)?.value)}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
    />
  );
}
