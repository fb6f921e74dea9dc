import Link from 'next/link';
import { catalogue, currentPerson, progressFor, readCourseView } from '../lib/server';
import { CourseList } from './_home/course-list';
import { type FrontQuery, frontView } from './_home/front-view';
import { LiveCluster } from './_home/live-cluster';
import { nextLab } from './_home/next-lab';
import buttons from './_ui/button.module.css';
import { SiteFooter } from './_ui/site-footer';
import { SiteHeader } from './_ui/site-header';
import styles from './page.module.css';

const FACTS = [
  {
    figure: '1 ms',
    text: 'to give you a cluster: three nodes, CoreDNS and kube-proxy, yours alone. Break it, undo, go on.',
  },
  {
    figure: 'v1.35',
    text: 'is what answers. kubectl says what it says on a real cluster, down to the error messages.',
  },
  {
    figure: '3 of 3',
    text: 'means the traffic arrived. The grader deletes Pods, scales, and sends requests; how you wrote it is up to you.',
  },
  {
    figure: '0',
    text: 'to install, and no account. Terminal and editor are in the browser, and remember you.',
  },
] as const;

/** The first thing to do: going on where somebody was, or chapter 1. */
async function FirstStep() {
  const [guest, course, labs] = await Promise.all([currentPerson(), readCourseView(), catalogue()]);
  const order = course.chapters.flatMap(({ labs: keys }) => keys);
  const next = nextLab(order, await progressFor(guest));
  const lab = labs.find(({ track, slug }) => `${track}/${slug}` === next?.key);
  const primary = `${buttons.button} ${buttons.primary} ${buttons.large}`;
  if (next === undefined || lab === undefined)
    return (
      <Link className={primary} href="/chapters/why-services">
        Begin with chapter 1
      </Link>
    );
  return (
    <Link className={primary} href={`/labs/${next.key}`} prefetch={false}>
      {next.begun ? 'Continue' : 'Next'}: {lab.title}
    </Link>
  );
}

interface Props {
  readonly searchParams: Promise<FrontQuery & { readonly moments?: string }>;
}

export default async function HomePage({ searchParams }: Props) {
  const query = await searchParams;
  const view = await frontView(query);
  return (
    <>
      <SiteHeader />
      <main id="main" className={styles.home}>
        <div className={styles.words}>
          <h1>Learn Kubernetes Services by putting them to work.</h1>
          <p className={styles.lead}>
            Twenty chapters, from the first address that breaks to a shop that survives losing its Pods. What
            stands below a command is what the cluster printed; in the labs you type it yourself, and the
            cluster decides whether you are done.
          </p>
          <p className={styles.actions}>
            <FirstStep />
            <Link className={`${buttons.button} ${buttons.large}`} href="/chapters">
              All 20 chapters
            </Link>
          </p>
        </div>
        <LiveCluster view={view} moments={query.moments !== undefined} />
        <dl className={styles.facts}>
          {FACTS.map((fact) => (
            <div key={fact.figure}>
              <dt>{fact.figure}</dt>
              <dd>{fact.text}</dd>
            </div>
          ))}
        </dl>
        <div className={styles.course}>
          <CourseList />
        </div>
      </main>
      <SiteFooter />
    </>
  );
}
