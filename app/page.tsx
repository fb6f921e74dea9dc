import Link from 'next/link';
import { RequestChart } from './_home/request-chart';
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

export default function HomePage() {
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
            <Link
              className={`${buttons.button} ${buttons.primary} ${buttons.large}`}
              href="/chapters/why-services"
            >
              Begin with chapter 1
            </Link>
            <Link className={`${buttons.button} ${buttons.large}`} href="/chapters">
              All 20 chapters
            </Link>
          </p>
          <dl className={styles.facts}>
            {FACTS.map((fact) => (
              <div key={fact.figure}>
                <dt>{fact.figure}</dt>
                <dd>{fact.text}</dd>
              </div>
            ))}
          </dl>
        </div>
        <figure className={styles.figure}>
          <RequestChart />
          <figcaption>
            The course of one request. The name is looked up at the DNS light, the virtual IP is steered for,
            and kube-proxy’s rules pick a berth, each ready Pod with equal odds.
          </figcaption>
        </figure>
      </main>
      <SiteFooter />
    </>
  );
}
