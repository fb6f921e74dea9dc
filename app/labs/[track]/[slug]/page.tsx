import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import { readLabPage } from '../../../_fixture/server';
import { readTheme, THEME_COOKIE } from '../../../_ui/theme';
import { LabWorkspace } from './_components/lab-workspace';
import { PANES_COOKIE, readPanes } from './_components/pane-layouts';

interface Props {
  readonly params: Promise<{ readonly track: string; readonly slug: string }>;
}

/** Title and summary of the lab. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { track, slug } = await params;
  const page = await readLabPage(track, slug);
  return page === undefined ? {} : { title: page.title, description: page.summary, robots: { index: false } };
}

export default async function LabRoute({ params }: Props) {
  const { track, slug } = await params;
  const page = await readLabPage(track, slug);
  if (page === undefined) notFound();
  const jar = await cookies();
  return (
    <LabWorkspace
      page={page}
      panes={readPanes(jar.get(PANES_COOKIE)?.value)}
      theme={readTheme(jar.get(THEME_COOKIE)?.value)}
    />
  );
}
