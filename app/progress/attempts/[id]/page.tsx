import type { Metadata } from 'next';
import { cohorts } from '../../../../lib/server';
import frame from '../../../_ui/page-frame.module.css';
import { SiteFooter } from '../../../_ui/site-footer';
import { SiteHeader } from '../../../_ui/site-header';
import { LocalTime } from '../../../cohorts/_components/local-time';
import { orNotFound } from '../../../cohorts/_components/open-cohort';
import { Replay } from '../../../cohorts/_components/replay/replay';

/** Title of the page. */
export const metadata: Metadata = { title: 'Your attempt, replayed' };

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function OwnAttemptPage({ params }: Props) {
  const { id } = await params;
  const recording = await orNotFound((asker) => cohorts().ownRecording(asker, id));
  return (
    <>
      <SiteHeader />
      <main id="main" className={`${frame.page} ${frame.wide}`}>
        <header className={frame.head}>
          <h1>{recording.lab}</h1>
          <p>
            Your attempt of <LocalTime iso={recording.at} timeZone="UTC" />,{' '}
            {recording.passed ? 'passed' : 'not passed'}. As you typed it since the lab began or was reset;
            long pauses are cut.
          </p>
        </header>
        <Replay recording={recording} />
      </main>
      <SiteFooter />
    </>
  );
}
